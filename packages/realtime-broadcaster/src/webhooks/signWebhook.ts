import { parseSecret } from './parseSecret.ts';

/** One delivery to sign. */
export interface WebhookToSign {
  /** Base64 of at least 24 random bytes, with or without `whsec_` before it. */
  readonly secret: string;
  /** Names the delivery; a retry keeps it. Visible ASCII without dots, at most 256 characters. */
  readonly id: string;
  /** When it is sent, in whole seconds. @default the time of the machine */
  readonly timestamp?: Date;
  /** Exactly the text that is sent. */
  readonly body: string;
}

/** The headers of a signed delivery, ready for `fetch`. */
export interface SignedWebhookHeaders extends Record<string, string> {
  'content-type': string;
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/**
 * Signs a delivery as providers do: for tests, examples and senders of your own.
 *
 * @throws RoomcastError `INVALID_CONFIG` for a secret that cannot be used
 *
 * @example
 * const body = JSON.stringify({ type: 'ticket.purchased', data });
 * await fetch(url, { method: 'POST', body, headers: signWebhook({ secret, id, body }) });
 */
export function signWebhook({
  secret,
  id,
  timestamp = new Date(),
  body,
}: WebhookToSign): SignedWebhookHeaders {
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1_000)),
    'webhook-signature': parseSecret(secret, 'secret').sign(id, timestamp, body),
  };
}
