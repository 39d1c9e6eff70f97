import type { InspectedRoom } from '@roomcast/realtime-client';
import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';

export interface TargetOptions {
  readonly contract: AnyContract;
  /** Whether the client is closed for good, and in no room any more. */
  readonly isClosed: boolean;
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
  { contract, rooms, isClosed, isLive }: TargetOptions,
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
  const named = `name the parameters of the room, as in \`mock.publish('${event}', undefined, { … })\``;
  if (isClosed) throw noTarget(event, 'the client is closed', 'Publish before `close()`');
  if (!target) {
    const why = `the client uses no room of kind "${kind}"`;
    throw noTarget(event, why, `Subscribe to one first, or ${named}`);
  }
  if (others.length > 0) {
    const names = ofKind.map(({ room }) => `"${room.name}"`).join(' and ');
    throw noTarget(event, `it may be for ${names}`, `Use one of them only, or ${named}`);
  }
  const { name, state } = target.room;
  if (isLive && state.status === 'joining') {
    throw noTarget(
      event,
      `the client has not joined "${name}"`,
      `Await \`mock.settled()\` first, or ${named}`,
    );
  }
  if (isLive && state.status === 'refused') {
    throw noTarget(event, `the client is refused in "${name}"`, `Admit it first, or ${named}`);
  }
  return contract.parseRoom(name)?.params ?? {};
}

function noTarget(event: string, why: string, remedy: string): RoomcastError {
  return new RoomcastError('EMPTY_TARGET', `"${event}" would reach nobody: ${why}. ${remedy}.`);
}
