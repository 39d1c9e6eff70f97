import { createHash } from 'node:crypto';

const idBytes = 16;

/**
 * Names a member to the others of its room: the same for the same client on every node, another one
 * for every room and user, and nothing from which its key can be told.
 */
export function memberId(room: string, userId: string | null, key: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([room, userId, key]))
    .digest();
  return hash.toString('base64url', 0, idBytes);
}
