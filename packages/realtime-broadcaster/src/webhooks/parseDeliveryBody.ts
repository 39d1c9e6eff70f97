import { isRecord } from '@roomcast/realtime-contract';
import { WebhookRefusal } from './webhookRefusal.ts';

/** The text of a body; not one byte is replaced or dropped, because the signature is over them. */
export function decodeBody(rawBody: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(rawBody);
  } catch {
    throw new WebhookRefusal('MALFORMED_BODY');
  }
}

/** @throws WebhookRefusal `MALFORMED_BODY` */
export function parseDeliveryBody(body: string): { type: string; data: unknown } {
  const value = parseJson(body);
  if (!isRecord(value) || typeof value.type !== 'string' || !Object.hasOwn(value, 'data')) {
    throw new WebhookRefusal('MALFORMED_BODY');
  }
  return { type: value.type, data: value.data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not as cause: the message of the parser repeats parts of the text.
    throw new WebhookRefusal('MALFORMED_BODY');
  }
}
