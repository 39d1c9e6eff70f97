import type { AnyContract } from '@roomcast/realtime-contract';
import type { AuthenticatedUser } from '../session/session.ts';

/** The rooms that every session with a user is in: its own `user` room and the `global` one. */
export function automaticRooms(contract: AnyContract, user: AuthenticatedUser | null): string[] {
  if (!user) return [];
  const { rooms } = contract;
  return [
    ...(rooms.user ? [contract.formatRoom('user', { userId: user.id })] : []),
    ...(rooms.global ? [contract.formatRoom('global', {})] : []),
  ];
}
