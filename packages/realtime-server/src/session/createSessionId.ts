import { randomBytes } from 'node:crypto';

/** A session id: 128 random bits, base64url. It is told to its own client only. */
export function createSessionId(): string {
  return randomBytes(16).toString('base64url');
}
