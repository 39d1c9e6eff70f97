import {
  type AnyContract,
  type EventName,
  type EventPayload,
  RoomcastError,
  type RoomParams,
} from '@roomcast/realtime-contract';
import type { QueryKey } from '@tanstack/react-query';
import type { EventMeta, EventSync, QuerySync } from './querySync.ts';

/**
 * Says once for a contract what its events do to the cache.
 *
 * @throws RoomcastError `INVALID_CONFIG` for an event whose room has no entry in `rooms`: after a
 * gap its queries would stay as they are
 *
 * @example
 * const sync = defineQuerySync(contract, {
 *   events: {
 *     'seat-sold': {
 *       patch: {
 *         keys: (_, { params }) => [['seats', params.hallId]],
 *         apply: (seats: Seats, { seat, buyer }) => ({ ...seats, [seat]: buyer }),
 *       },
 *     },
 *   },
 *   rooms: { hall: ({ hallId }) => [['seats', hallId]] },
 * });
 */
export function defineQuerySync<C extends AnyContract, Name extends EventName<C>>(
  contract: C,
  definition: {
    readonly events: {
      readonly [Event in Name]: EventSync<EventPayload<C, Event>, EventMeta<C, Event>>;
    };
    readonly rooms: {
      readonly [Kind in C['events'][Name]['room']]: (
        params: RoomParams<C, Kind>,
      ) => readonly QueryKey[];
    };
    readonly intervalMs?: number;
  },
): QuerySync<C, C['events'][Name]['room']> {
  for (const name of Object.keys(definition.events)) {
    const kind = contract.events[name]?.room ?? '';
    if (Object.hasOwn(definition.rooms, kind)) continue;
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`rooms.${kind}\` beside the event "${name}": the queries that a gap makes stale.`,
    );
  }
  return definition as QuerySync<C, C['events'][Name]['room']>;
}
