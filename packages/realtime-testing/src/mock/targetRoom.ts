import type { InspectedRoom } from '@roomcast/realtime-client';
import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';

export interface TargetOptions {
  readonly contract: AnyContract;
  /** The rooms that the client is in or wants to be in. */
  readonly rooms: Iterable<InspectedRoom>;
  /** Whether a client that wants to be in a room is let in now, and will be in a moment. */
  readonly isLive: boolean;
}

/**
 * The parameters of the room that an event is meant for, where the test names none: those of the one
 * room of its kind that the client uses.
 *
 * @throws RoomcastError `UNKNOWN_EVENT`, or `EMPTY_TARGET` where there is not exactly one such room,
 * or nobody would hear of it there
 */
export function targetRoom(
  { contract, rooms, isLive }: TargetOptions,
  event: string,
): Readonly<Record<string, string>> {
  const kind = Object.hasOwn(contract.events, event) ? contract.events[event]?.room : undefined;
  if (kind === undefined) {
    throw new RoomcastError('UNKNOWN_EVENT', `The contract has no event "${event}".`);
  }
  if (!contract.rooms[kind]?.template.includes('{')) return {};
  const used = [...rooms].filter(({ uses, isAutomatic }) => uses > 0 || isAutomatic);
  const ofKind = used.filter(({ room }) => contract.parseRoom(room.name)?.kind === kind);
  const [target, ...others] = ofKind;
  if (!target || others.length > 0) {
    const names = ofKind.map(({ room }) => room.name).join(' and ') || 'none';
    throw noTarget(event, `of the rooms of kind "${kind}" the client uses ${names}`);
  }
  const { name, state } = target.room;
  if (isLive && state.status !== 'joined') {
    const why = state.status === 'joining' ? 'has not joined' : 'is refused in';
    throw noTarget(event, `the client ${why} "${name}". Await \`mock.settled()\` first`);
  }
  return contract.parseRoom(name)?.params ?? {};
}

function noTarget(event: string, why: string): RoomcastError {
  return new RoomcastError(
    'EMPTY_TARGET',
    `"${event}" would reach nobody: ${why}, or name the parameters of the room, as in \`mock.publish('${event}', undefined, { … })\`.`,
  );
}
