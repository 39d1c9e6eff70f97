import { randomFillSync } from 'node:crypto';

const idBytes = 16;

/** Random bytes for many ids: each request of the system for some costs more than an id does. */
const pool = Buffer.alloc(256 * idBytes);
let used = pool.length;

/**
 * 128 random bits, base64url: for a session or a connection, told to its own client only. Nobody else
 * can guess it.
 */
export function createId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const id = pool.toString('base64url', used, used + idBytes);
  pool.fill(0, used, used + idBytes);
  used += idBytes;
  return id;
}
