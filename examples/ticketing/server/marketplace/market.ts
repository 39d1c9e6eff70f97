import type { DatabaseSync } from 'node:sqlite';
import type { Quote } from '../../shared/quote.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { fromCents, toCents } from './money.ts';

interface QuoteRow {
  symbol: string;
  event_id: string;
  title: string;
  price_cents: number;
  change_cents: number;
  at: string;
}

const quoteRows =
  'SELECT quotes.*, events.title FROM quotes JOIN events ON events.id = quotes.event_id';

/** What tickets are resold for, in the order of the programme. */
export function listQuotes(database: DatabaseSync): Quote[] {
  return selectAll<QuoteRow>(database, `${quoteRows} ORDER BY events.rowid`).map(toQuote);
}

/** One quote. @throws MarketplaceError `SYMBOL_NOT_FOUND` */
export function getQuote(database: DatabaseSync, symbol: string): Quote {
  const row = selectOne<QuoteRow>(database, `${quoteRows} WHERE symbol = :symbol`, { symbol });
  if (!row) throw new MarketplaceError('SYMBOL_NOT_FOUND', 'Nothing is quoted by this symbol.');
  return toQuote(row);
}

/** Takes in a new price. @throws MarketplaceError `SYMBOL_NOT_FOUND`, `INVALID_AMOUNT` */
export function setQuote(
  database: DatabaseSync,
  { symbol, price, change }: Pick<Quote, 'symbol' | 'price' | 'change'>,
  now: Date = new Date(),
): Quote {
  return transaction(database, () => {
    getQuote(database, symbol);
    const [priceCents, changeCents] = [toCents(price), toCents(change)];
    if (!(priceCents > 0 && Number.isSafeInteger(priceCents) && Number.isSafeInteger(changeCents)))
      throw new MarketplaceError('INVALID_AMOUNT', 'A price is more than nothing.');
    database
      .prepare(
        `UPDATE quotes SET price_cents = :priceCents, change_cents = :changeCents, at = :at
         WHERE symbol = :symbol`,
      )
      .run({ symbol, priceCents, changeCents, at: now.toISOString() });
    return getQuote(database, symbol);
  });
}

function toQuote({ symbol, event_id, title, price_cents, change_cents, at }: QuoteRow): Quote {
  const event = { id: event_id, title };
  return { symbol, event, price: fromCents(price_cents), change: fromCents(change_cents), at };
}
