import type { Ticket } from '../../shared/ticket.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { priceBands } from './priceBands.ts';

/** What the marks on the seats mean and what the rows cost. */
export function Legend({ tickets }: { tickets: readonly Ticket[] }) {
  return (
    <div className="legend">
      <ul className="legend-states">
        <li>
          <span className="seat seat-sample" data-state="free">
            7
          </span>
          Free
        </li>
        <li>
          <span className="seat seat-sample" data-state="mine">
            ✓
          </span>
          Yours
        </li>
        <li>
          <span className="seat seat-sample" data-state="sold">
            ×
          </span>
          Sold
        </li>
        <li>
          <span className="seat seat-sample" data-state="sold" data-changed>
            ×
          </span>
          Just now
        </li>
      </ul>
      <ul className="legend-prices">
        {priceBands(tickets).map(({ rows, price }, band) => (
          <li key={rows}>
            <span className="seat seat-sample" data-state="free" data-band={band} />
            {rows} <b>{formatPrice(price)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
