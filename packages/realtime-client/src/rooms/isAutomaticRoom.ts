import type { ParsedRoom } from '@roomcast/realtime-contract';

/** Whether the server lets every session of this user into the room, without being asked. */
export function isAutomaticRoom({ kind, params }: ParsedRoom, userId: string | null): boolean {
  if (userId === null) return false;
  return kind === 'global' || (kind === 'user' && params.userId === userId);
}
