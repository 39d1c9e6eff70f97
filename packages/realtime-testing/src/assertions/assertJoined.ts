import type { InspectedRoom } from '@roomcast/realtime-client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import { describeConnection } from '../tester/describeConnection.ts';
import { until } from '../tester/until.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';
import { failure } from './failure.ts';

/**
 * Asserts that a tester is in a room, or gets into it within its time.
 *
 * @throws AssertionError that says which rooms it is in
 */
export async function assertJoined<C extends AnyContract, Kind extends RoomKind<C>>(
  tester: WebSocketTester<C>,
  ...room: RoomArgs<C, Kind>
): Promise<void> {
  const name = roomName(tester, room);
  const isIn = () => statusOf(tester, name) === 'joined' || null;
  if (await until(isIn, tester.timeoutMs)) return;
  throw failure(`Expected to be in the room "${name}". ${describeRooms(tester)}`);
}

/**
 * Asserts that a tester is not in a room, or out of it within its time. While it is joining, the
 * answer is waited for.
 *
 * @throws AssertionError
 */
export async function assertNotJoined<C extends AnyContract, Kind extends RoomKind<C>>(
  tester: WebSocketTester<C>,
  ...room: RoomArgs<C, Kind>
): Promise<void> {
  const name = roomName(tester, room);
  const isOut = () => !['joined', 'joining'].includes(statusOf(tester, name)) || null;
  if (await until(isOut, tester.timeoutMs)) return;
  throw failure(`Expected not to be in the room "${name}". ${describeRooms(tester)}`);
}

function roomName<C extends AnyContract, Kind extends RoomKind<C>>(
  tester: WebSocketTester<C>,
  [kind, params]: RoomArgs<C, Kind>,
): string {
  return tester.contract.formatRoom(kind, params ?? {});
}

function roomsOf<C extends AnyContract>(tester: WebSocketTester<C>): readonly InspectedRoom[] {
  // A tester without a connection has no client, and is in no room.
  return tester.state.status === 'idle' ? [] : [...tester.client.ports.inspection.rooms.all];
}

function statusOf<C extends AnyContract>(tester: WebSocketTester<C>, name: string): string {
  return roomsOf(tester).find(({ room }) => room.name === name)?.room.state.status ?? 'absent';
}

function describeRooms<C extends AnyContract>(tester: WebSocketTester<C>): string {
  const rooms = roomsOf(tester).map(({ room }) => `"${room.name}" ${room.state.status}`);
  const list = rooms.length === 0 ? 'It is in none.' : `Its rooms: ${rooms.join(', ')}.`;
  return `${list} ${describeConnection(tester.state)}`;
}
