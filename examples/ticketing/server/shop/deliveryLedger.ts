import type { DatabaseSync } from 'node:sqlite';
import type { PublishResult } from '@roomcast/realtime-contract';
import { selectAll, selectOne } from '../database/rows.ts';
import type { Outcome } from './outcome.ts';

/** Longer than any provider goes on retrying. */
const keptMs = 3 * 24 * 60 * 60_000;

/** A delivery that has been carried out. */
export interface KeptDelivery {
  readonly outcome: Outcome;
  /** Null as long as nobody could be told. */
  readonly published: PublishResult | null;
}

/** What became of a delivery, undefined where it did not come yet. */
export function findDelivery(database: DatabaseSync, id: string): KeptDelivery | undefined {
  const row = selectOne<{ outcome: string; published: string | null }>(
    database,
    'SELECT outcome, published FROM deliveries WHERE id = :id',
    { id },
  );
  return (
    row && {
      outcome: JSON.parse(row.outcome),
      published: row.published === null ? null : JSON.parse(row.published),
    }
  );
}

/** What was carried out before a moment and nobody could be told of yet, the oldest first. */
export function listUntold(
  database: DatabaseSync,
  before: Date,
): { readonly id: string; readonly outcome: Outcome }[] {
  const rows = selectAll<{ id: string; outcome: string }>(
    database,
    'SELECT id, outcome FROM deliveries WHERE published IS NULL AND at < :before ORDER BY at, rowid',
    { before: before.toISOString() },
  );
  return rows.map(({ id, outcome }) => ({ id, outcome: JSON.parse(outcome) }));
}

/** To be called in the transaction that carries the delivery out; it forgets very old ones. */
export function keepDelivery(
  database: DatabaseSync,
  { id, outcome }: { readonly id: string; readonly outcome: Outcome },
  now: Date = new Date(),
): void {
  database
    .prepare('INSERT INTO deliveries (id, outcome, at) VALUES (:id, :outcome, :at)')
    .run({ id, outcome: JSON.stringify(outcome), at: now.toISOString() });
  database
    .prepare('DELETE FROM deliveries WHERE at < :oldest')
    .run({ oldest: new Date(now.getTime() - keptMs).toISOString() });
}

/** Everybody concerned has been told. */
export function markPublished(
  database: DatabaseSync,
  { id, published }: { readonly id: string; readonly published: PublishResult },
): void {
  database
    .prepare('UPDATE deliveries SET published = :published WHERE id = :id')
    .run({ id, published: JSON.stringify(published) });
}
