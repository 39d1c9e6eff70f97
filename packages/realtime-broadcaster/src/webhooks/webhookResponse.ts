import type { DeliveryOutcome } from './deliveryMemory.ts';
import type { WebhookRefusal } from './webhookRefusal.ts';

/** The answer to a delivery, for any HTTP server. */
export interface WebhookResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON */
  readonly body: string;
}

const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/** The provider need not send the delivery again. */
export function acknowledge(outcome: DeliveryOutcome): WebhookResponse {
  return { status: 200, headers, body: JSON.stringify({ outcome }) };
}

/** Why the delivery was not broadcast. */
export function refuse({ code, status, message, issues }: WebhookRefusal): WebhookResponse {
  return {
    status,
    headers: status === 405 ? { ...headers, allow: 'POST' } : headers,
    body: JSON.stringify({ code, message, issues }),
  };
}
