import { type AnyContract, RoomcastError } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from '../session/session.ts';

/**
 * The rooms that every session with a user is in: its own `user` room and the `global` one.
 *
 * @throws RoomcastError `INVALID_ROOM` where the user's id cannot be part of a name
 */
export function automaticRooms(contract: AnyContract, user: AuthenticatedUser | null): string[] {
  if (!user) return [];
  const { rooms } = contract;
  return [
    ...(rooms.user ? [contract.formatRoom('user', { userId: user.id })] : []),
    ...(rooms.global ? [contract.formatRoom('global', {})] : []),
  ];
}

/**
 * Refuses a contract whose automatic rooms no session could be in.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function assertAutomaticRooms(contract: AnyContract): void {
  try {
    automaticRooms(contract, { id: 'anybody' });
  } catch (cause) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      'Expected the room `user` to have the one parameter {userId} and `global` to have none, since every session with a user joins both.',
      { cause },
    );
  }
}
