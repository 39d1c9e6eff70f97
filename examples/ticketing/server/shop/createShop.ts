import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Publisher, PublishResult } from '@roomcast/realtime-contract';
import { transaction } from '../database/transaction.ts';
import { createAnnouncer } from '../live/createAnnouncer.ts';
import type { Change } from './changes.ts';
import {
  findDelivery,
  type KeptDelivery,
  keepDelivery,
  listUntold,
  markPublished,
} from './deliveryLedger.ts';
import type { Outcome } from './outcome.ts';

/** The one way in which anything changes: first the database, in one transaction, then the screens. */
export interface Shop {
  /**
   * Carries out what a person wants. When that is done but could not be told, it is done all the
   * same: the failure is reported, and `retell` tells it later.
   *
   * @throws MarketplaceError when it is refused; then nothing has changed
   */
  apply<Result extends Outcome>(change: Change<Result>): Promise<Result>;
  /**
   * Carries out a delivery, once: one that comes again changes nothing, and only what could not be
   * told before is told.
   *
   * @throws MarketplaceError when it is refused; or what made telling fail, so that it is sent again
   */
  deliver(id: string, change: Change): Promise<PublishResult>;
  /**
   * Tells what was done before a moment and could not be told yet, each thing once, by whichever
   * process it was done: one that was killed between its commit and its publication does not tell.
   *
   * @returns how many things that was
   * @throws (as a rejection) what made telling fail; the rest stays for the next time
   */
  retell(doneBefore: Date): Promise<number>;
}

/** What a shop is made of. */
export interface ShopParts {
  readonly database: DatabaseSync;
  readonly publisher: Publisher;
  /** Hears of what was done and could not be told. */
  readonly onError: (error: unknown) => void;
}

export function createShop({ database, publisher, onError }: ShopParts): Shop {
  const announce = createAnnouncer(publisher);

  function carryOutOnce(id: string, change: Change): KeptDelivery {
    return transaction(database, () => {
      const kept = findDelivery(database, id);
      if (kept) return kept;
      const outcome = change(database);
      keepDelivery(database, { id, outcome });
      return { outcome, published: null };
    });
  }

  async function tell(id: string, outcome: Outcome): Promise<PublishResult> {
    const published = await announce(outcome, id);
    markPublished(database, { id, published });
    return published;
  }

  return {
    async apply(change) {
      const id = `here-${randomUUID()}`;
      const outcome = transaction(database, () => {
        const done = change(database);
        keepDelivery(database, { id, outcome: done });
        return done;
      });
      await tell(id, outcome).catch(onError);
      return outcome;
    },
    async deliver(id, change) {
      const { outcome, published } = carryOutOnce(id, change);
      return published ?? tell(id, outcome);
    },
    async retell(doneBefore) {
      const untold = listUntold(database, doneBefore);
      for (const { id, outcome } of untold) await tell(id, outcome);
      return untold.length;
    },
  };
}
