import { randomBytes } from 'node:crypto';

/** A secret for those who have none: deliveries then come from this process only. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
