import {
  maxRoomsPerRequest,
  type Position,
  type Publisher,
  type RoomPosition,
} from '@roomcast/realtime-contract';

/** A publisher that knows what was published through it. */
export interface RecordingPublisher extends Publisher {
  /** Of each of the first 128 rooms, where it stood once the last of it was in the log. */
  readonly positions: readonly RoomPosition[];
}

/** @param causedBy - what publications say they are caused by, unless they say it themselves */
export function createRecordingPublisher(
  publisher: Publisher,
  causedBy: string | null,
): RecordingPublisher {
  const positions = new Map<string, Position>();
  return {
    async publish(input) {
      const isNamed = causedBy === null || input.causedBy !== undefined;
      const result = await publisher.publish(isNamed ? input : { ...input, causedBy });
      const { room, delivery } = input;
      const known = positions.get(room);
      // A volatile publication has no place in the log.
      if (delivery !== 'volatile' && (known || positions.size < maxRoomsPerRequest)) {
        positions.set(room, later(known, result.position));
      }
      return result;
    },
    get positions() {
      return [...positions].map(([room, position]) => ({ room, position }));
    },
  };
}

/** The answers of publishes that run side by side may come in any order. */
function later(known: Position | undefined, position: Position): Position {
  if (known?.epoch !== position.epoch) return position;
  return {
    epoch: position.epoch,
    offset: Math.max(known.offset, position.offset),
    revision: Math.max(known.revision, position.revision),
  };
}
