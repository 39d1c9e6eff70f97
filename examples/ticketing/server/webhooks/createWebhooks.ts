import {
  createWebhookReceiver,
  type WebhookReceiver,
} from '@roomcast/realtime-broadcaster/webhooks';
import type { Logger } from '@roomcast/realtime-contract';
import { consoleLogger } from '../live/consoleLogger.ts';
import { MarketplaceError } from '../marketplace/marketplaceError.ts';
import type { Shop } from '../shop/createShop.ts';
import { createShopBroadcaster } from './createShopBroadcaster.ts';

/** A seat that somebody else was faster to buy is nothing that an operator has to look at. */
const logger: Logger = {
  ...consoleLogger,
  warn(fields, message) {
    if (fields.code !== 'CONFLICT') consoleLogger.warn(fields, message);
  },
};

/** Takes in what is reported from outside: signed deliveries, which change the shop like clicks do. */
export function createWebhooks(shop: Shop, secret: string): WebhookReceiver {
  return createWebhookReceiver({
    secrets: [secret],
    broadcaster: createShopBroadcaster(shop),
    isConflict: (error) => error instanceof MarketplaceError,
    logger,
  });
}
