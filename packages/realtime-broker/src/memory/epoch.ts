import { randomBytes } from 'node:crypto';

/** A fresh epoch: 96 random bits, base64url. */
export function createEpoch(): string {
  return randomBytes(12).toString('base64url');
}
