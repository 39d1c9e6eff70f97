import { setInterval } from 'node:timers/promises';
import { openDatabase } from '@roomcast/example-ticketing/server/database/openDatabase';
import { openRedisBroker } from '@roomcast/example-ticketing/server/live/openRedisBroker';
import { createShop, type Shop } from '@roomcast/example-ticketing/server/shop/createShop';
import type { Part } from '@roomcast/realtime-processes';
import type { SharedStores } from '../stores/openStores.ts';
import { Seller } from './seller.ts';

/** The process that sells: it has no sockets. */
export type SellerPart = Part & {
  start(stores: SharedStores): Promise<void>;
  trade(perSecond: number): void;
  /** Resolves once everything that was done is told. */
  pause(): Promise<void>;
};

const retellEveryMs = 1_000;

/** What was done longer ago than this is not on its way any more: publishing takes no longer. */
const untoldForMs = 6_000;

export function createPart(): SellerPart {
  // Ctrl+C reaches every process of the terminal; this one ends when its supervisor says so.
  process.on('SIGINT', () => {});
  let seller: Seller;
  return {
    async start({ database: file, redisUrl, log }) {
      const broker = await openRedisBroker(redisUrl, log);
      const database = openDatabase(file);
      const onError = (error: unknown) => console.error('Not announced:', error);
      const shop = createShop({ database, publisher: broker, onError });
      seller = new Seller(database, shop);
      void keepRetelling(shop, onError);
      process.once('SIGTERM', async () => {
        await seller.pause();
        await broker.close();
        process.exit(0);
      });
    },
    trade: (perSecond) => seller.trade(perSecond),
    pause: () => seller.pause(),
  };
}

/** Tells what a node did that was killed before it could tell. */
async function keepRetelling(shop: Shop, onError: (error: unknown) => void): Promise<void> {
  for await (const _ of setInterval(retellEveryMs)) {
    await shop.retell(new Date(Date.now() - untoldForMs)).catch(onError);
  }
}
