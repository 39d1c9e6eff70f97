import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Quote } from '../../shared/quote.ts';
import { formatChange } from '../format/formatChange.ts';
import { formatQuote } from '../format/formatQuote.ts';
import { useConnectionStatus } from '../live/realtimeHooks.ts';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { useLiveMarket } from './useLiveMarket.ts';
import './ticker.css';

/** What tickets are resold for, on every page. */
export function Ticker() {
  useLiveMarket();
  const { user, queries } = useSession();
  const market = useQuery(queries.market());
  const isLive = useConnectionStatus().status === 'connected';
  return (
    <section
      className="ticker"
      aria-label="Resale prices"
      data-stale={(user !== null && !isLive) || undefined}
    >
      <div className="ticker-strip">
        {user ? <Title /> : <LiveHint />}
        {market.data ? <Quotes quotes={market.data} /> : <Absent query={market} />}
      </div>
    </section>
  );
}

function Quotes({ quotes }: { quotes: readonly Quote[] }) {
  const [known] = useState(() => new Map(quotes.map(({ symbol, at }) => [symbol, at])));
  return (
    <ul className="quotes">
      {quotes.map((quote) => (
        <li key={quote.symbol}>
          <QuoteLink quote={quote} isNew={known.get(quote.symbol) !== quote.at} />
        </li>
      ))}
    </ul>
  );
}

function QuoteLink({ quote, isNew }: { quote: Quote; isNew: boolean }) {
  const { symbol, event, price, change, at } = quote;
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'even';
  return (
    <Link
      href={`/events/${event.id}`}
      className="quote"
      data-symbol={symbol}
      data-direction={direction}
      title={event.title}
    >
      <span className="quote-symbol">{symbol}</span>
      {/* The key lets each change light up anew. */}
      <span key={at} className="quote-price" data-new={isNew || undefined}>
        {formatQuote(price)}
      </span>
      <span className="quote-change">{formatChange(change)}</span>
    </Link>
  );
}

function Absent({ query }: { query: { isError: boolean; refetch: () => unknown } }) {
  if (!query.isError) return <span className="muted">Prices are coming…</span>;
  return (
    <span role="alert">
      Prices could not be loaded.{' '}
      <button type="button" className="text-button" onClick={() => void query.refetch()}>
        Try again
      </button>
    </span>
  );
}

function Title() {
  return (
    <span className="ticker-title">
      Resale <abbr title="Prices in euros">€</abbr>
    </span>
  );
}

/** Guests are not in the room that is told of prices. */
function LiveHint() {
  const [location] = useLocation();
  return (
    <Link href={loginPath(location)} className="ticker-hint">
      Log in for live prices
    </Link>
  );
}
