import type { Clock } from '@roomcast/realtime-contract';
import { WebhookRefusal, type WebhookRefusalCode } from './webhookRefusal.ts';

/** How long something may take, and how a delivery is refused when it takes longer. */
export interface TimeLimit {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly code: WebhookRefusalCode;
}

/** What the work comes to, or a refusal when time is up. The work itself goes on unobserved. */
export function withTimeout<T>(work: Promise<T>, limit: TimeLimit): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = limit.clock.schedule(
      () => reject(new WebhookRefusal(limit.code)),
      limit.timeoutMs,
    );
    work.then(resolve, reject).finally(cancel);
  });
}
