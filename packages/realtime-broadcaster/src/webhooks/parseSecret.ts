import { RoomcastError } from '@roomcast/realtime-contract';
import { Webhook } from 'standardwebhooks';

/** Standard Webhooks asks for 192 bits at least. */
const minSecretBytes = 24;
const secretForm = /^(?:whsec_)?(?<key>[A-Za-z0-9+/]+={0,2})$/;

/**
 * The library's signer for a secret. An error never holds the secret.
 *
 * @param name - of the option, for the message
 * @throws RoomcastError `INVALID_CONFIG`
 */
export function parseSecret(secret: unknown, name: string): Webhook {
  const key = typeof secret === 'string' ? secretForm.exec(secret)?.groups?.key : undefined;
  const keyBytes = Math.floor(((key ?? '').replace(/=+$/, '').length * 3) / 4);
  if (key === undefined || key.length % 4 !== 0 || keyBytes < minSecretBytes) {
    throw new RoomcastError(
      'INVALID_CONFIG',
      `Expected \`${name}\` to be base64 of at least ${minSecretBytes} random bytes, with or without "whsec_" before it. Take it from the provider, or make one with \`openssl rand -base64 32\`.`,
    );
  }
  return new Webhook(key);
}
