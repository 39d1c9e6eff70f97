import { headerValue, type WebhookHeaders } from './headerValue.ts';
import { WebhookRefusal } from './webhookRefusal.ts';

/** What the three headers of Standard Webhooks say. */
export interface SignatureHeaders {
  readonly id: string;
  readonly timestampSeconds: number;
  /** The entries of version 1, `v1,` included. */
  readonly signatures: readonly string[];
}

/**
 * Visible ASCII without the dot. What is signed is `id.timestamp.body`: with a dot in the id, one
 * signature would fit two ways of cutting it.
 */
const idForm = /^[!-\-/-~]{1,256}$/;
/** One spelling for each number, so that no other header has the same signature. */
const timestampForm = /^[1-9]\d{0,11}$/;
/** Version, comma, base64; other versions may stand beside ours. */
const signatureForm = /^v\d{1,3}[a-z]{0,3},[\w+/-]{1,512}={0,2}$/;
/** A rotation needs two. */
const maxSignatures = 16;

/** @throws WebhookRefusal `MALFORMED_HEADERS` */
export function parseSignatureHeaders(headers: WebhookHeaders): SignatureHeaders {
  const id = headerValue(headers, 'webhook-id') ?? '';
  const timestamp = headerValue(headers, 'webhook-timestamp') ?? '';
  const entries = (headerValue(headers, 'webhook-signature') ?? '').split(' ', maxSignatures + 1);
  const wellFormed =
    idForm.test(id) &&
    timestampForm.test(timestamp) &&
    entries.length <= maxSignatures &&
    entries.every((entry) => signatureForm.test(entry));
  if (!wellFormed) throw new WebhookRefusal('MALFORMED_HEADERS');
  return {
    id,
    timestampSeconds: Number(timestamp),
    signatures: entries.filter((entry) => entry.startsWith('v1,')),
  };
}
