import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { MarketplaceError } from '@roomcast/example-ticketing/server/marketplace/marketplaceError';
import type { Shop } from '@roomcast/example-ticketing/server/shop/createShop';
import { nextTrade } from './nextTrade.ts';

const retryAfterMs = 100;

/** Trades at a pace, and does not go on before what it did was told. */
export class Seller {
  readonly #database: DatabaseSync;
  readonly #shop: Pick<Shop, 'deliver'>;
  #turn = 0;
  #perSecond = 0;
  #trading: Promise<void> | null = null;

  constructor(database: DatabaseSync, shop: Pick<Shop, 'deliver'>) {
    this.#database = database;
    this.#shop = shop;
  }

  trade(perSecond: number): void {
    this.#perSecond = perSecond;
    this.#trading ??= this.#run().finally(() => {
      this.#trading = null;
    });
  }

  /** Resolves once everything that was done is told. */
  async pause(): Promise<void> {
    this.#perSecond = 0;
    await this.#trading;
  }

  async #run(): Promise<void> {
    while (this.#perSecond > 0) {
      const pause = setTimeout(1_000 / this.#perSecond);
      await this.#tradeOnce();
      await pause;
    }
  }

  async #tradeOnce(): Promise<void> {
    const trade = nextTrade(this.#database, this.#turn);
    this.#turn += 1;
    if (!trade) return;
    // Whether a publication got through that Redis died upon, nobody knows. Under the same id it is
    // safe to try until somebody does.
    const id = randomUUID();
    while (!(await this.#isTold(id, trade))) await setTimeout(retryAfterMs);
  }

  async #isTold(id: string, trade: Parameters<Shop['deliver']>[1]): Promise<boolean> {
    return this.#shop.deliver(id, trade).then(
      () => true,
      // Refused: somebody at a page was faster, nothing has changed, and there is nothing to tell.
      (error: unknown) => error instanceof MarketplaceError,
    );
  }
}
