import type { DatabaseSync } from 'node:sqlite';
import { transaction } from '../server/database/transaction.ts';
import type { Change } from '../server/shop/changes.ts';
import type { Random } from './createRandom.ts';
import type { RecordedDelivery } from './recordedDelivery.ts';

/** A day while it is made: the shop as it is at this moment of it, and what was delivered so far. */
export interface Story {
  readonly database: DatabaseSync;
  readonly random: Random;
  readonly deliveries: readonly RecordedDelivery[];
  /** Goes on to another moment. */
  moveTo(atMs: number): void;
  /** Delivers something that has this effect. What the shop would refuse ends the making with its error. */
  record(
    type: string,
    data: RecordedDelivery['data'],
    change: Change,
    more?: Pick<RecordedDelivery, 'credit'>,
  ): void;
  /** One after the other, in the order of the list, then from its beginning. */
  inOrder<Item>(items: readonly Item[]): Item;
  /** One after the other, in another order each time all had their turn. */
  inTurn<Item>(items: readonly Item[]): Item;
}

/** Between deliveries that belong together. */
const pauseMs = 400;

export function createStory(database: DatabaseSync, random: Random): Story {
  const deliveries: RecordedDelivery[] = [];
  const decks = new Map<readonly unknown[], unknown[]>();
  let nowMs = 0;

  function draw<Item>(items: readonly Item[], refill: (items: readonly Item[]) => Item[]): Item {
    const left = decks.get(items) ?? [];
    if (left.length === 0) left.push(...refill(items));
    decks.set(items, left);
    return left.shift() as Item;
  }

  return {
    database,
    random,
    deliveries,
    moveTo(atMs) {
      nowMs = Math.max(atMs, nowMs);
    },
    record(type, data, change, more) {
      transaction(database, () => change(database));
      deliveries.push({ atMs: nowMs, type, data, ...more });
      nowMs += pauseMs;
    },
    inOrder: (items) => draw(items, (all) => [...all]),
    inTurn: (items) => draw(items, random.shuffle),
  };
}
