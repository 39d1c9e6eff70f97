import type { DatabaseSync } from 'node:sqlite';
import type { RecordedDelivery } from '../../recorded-day/recordedDelivery.ts';
import { getEvent } from '../marketplace/events.ts';
import { getQuote } from '../marketplace/market.ts';
import { fromCents, toCents } from '../marketplace/money.ts';
import { getBalance } from '../marketplace/wallet.ts';

/**
 * The data of a recorded delivery, as its sender would send it to this shop today. A recording holds
 * balances, prices and dates as they were; people have bought something since, the prices went on,
 * and the programme begins on another day.
 *
 * @throws MarketplaceError for what the shop does not know
 */
export function rebase(
  database: DatabaseSync,
  { type, data, credit }: RecordedDelivery,
): RecordedDelivery['data'] {
  if (type === 'balance.updated' && credit !== undefined) {
    const balance = getBalance(database, String(data.userId));
    return { ...data, newBalance: add(balance, credit) };
  }
  if (type === 'market.updated') {
    const { price } = getQuote(database, String(data.symbol));
    return { ...data, price: add(price, Number(data.change)) };
  }
  if (type === 'event.updated') {
    const { startsAt } = getEvent(database, String(data.eventId));
    return { ...data, updates: onTheDayOf(startsAt, data.updates as Record<string, unknown>) };
  }
  return data;
}

function add(amount: number, more: number): number {
  return fromCents(toCents(amount) + toCents(more));
}

/** The day stays, the time of the evening changes. */
function onTheDayOf(startsAt: string, updates: Readonly<Record<string, unknown>>) {
  if (typeof updates.startsAt !== 'string') return updates;
  const [day] = startsAt.split('T');
  const [, time] = updates.startsAt.split('T');
  return { ...updates, startsAt: `${day}T${time}` };
}
