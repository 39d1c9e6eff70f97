import { hash } from 'node:crypto';

/** What stands for a session's secret where others may see it: nobody finds the secret by it. */
export function sessionDigest(secret: string): string {
  return hash('sha256', secret, 'base64url');
}
