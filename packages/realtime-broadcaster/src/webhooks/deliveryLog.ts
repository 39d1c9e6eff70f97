import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';
import type { DeliveryOutcome } from './deliveryMemory.ts';
import type { WebhookReceiverOptions } from './webhookReceiverOptions.ts';
import { webhookReceiverDefaults } from './webhookReceiverOptions.ts';
import type { WebhookRefusal } from './webhookRefusal.ts';

/** Tells the operator what became of deliveries. Failures of logger and reporter end here. */
export interface DeliveryLog {
  acknowledged(deliveryId: string, outcome: DeliveryOutcome): void;
  refused(deliveryId: string | undefined, refusal: WebhookRefusal): void;
}

export function createDeliveryLog(
  options: Pick<WebhookReceiverOptions, 'logger' | 'onError'>,
): DeliveryLog {
  const { logger = webhookReceiverDefaults.logger } = options;
  const report: ReportError =
    options.onError ??
    ((error, source) => logger.error({ err: error, source }, 'webhook delivery failed'));
  return {
    acknowledged: (deliveryId, outcome) =>
      invokeGuarded(
        () => logger.debug({ deliveryId, outcome }, 'webhook delivery acknowledged'),
        'logger',
        report,
      ),
    refused: (deliveryId, refusal) => {
      const { code, status } = refusal;
      invokeGuarded(
        () => logger.warn({ deliveryId, code, status }, 'webhook delivery refused'),
        'logger',
        report,
      );
      if (status < 500) return;
      const cause = refusal.cause ?? refusal;
      invokeGuarded(
        () => report(cause, 'webhook'),
        'onError',
        () => {},
      );
    },
  };
}
