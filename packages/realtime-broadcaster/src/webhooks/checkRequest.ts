import { headerValue, type WebhookHeaders } from './headerValue.ts';
import { WebhookRefusal } from './webhookRefusal.ts';

const contentTypeForm = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?;?$/i;

/**
 * Refuses what can be refused before the body is read.
 *
 * @throws WebhookRefusal `METHOD_NOT_ALLOWED`, `UNSUPPORTED_CONTENT`, `BODY_TOO_LARGE`
 */
export function checkRequest(
  method: string | undefined,
  headers: WebhookHeaders,
  maxBodyBytes: number,
): void {
  if (method !== 'POST') throw new WebhookRefusal('METHOD_NOT_ALLOWED');
  const contentType = headerValue(headers, 'content-type') ?? '';
  const encoding = headerValue(headers, 'content-encoding') ?? 'identity';
  if (!contentTypeForm.test(contentType) || encoding.toLowerCase() !== 'identity') {
    throw new WebhookRefusal('UNSUPPORTED_CONTENT');
  }
  const length = Number(headerValue(headers, 'content-length') ?? 0);
  if (length > maxBodyBytes) throw new WebhookRefusal('BODY_TOO_LARGE');
}
