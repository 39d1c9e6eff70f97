import type { Ticket } from '../../shared/ticket.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { groupRows } from './groupRows.ts';

/** What the marks on the seats mean and what the rows cost. */
export function Legend({ tickets }: { tickets: readonly Ticket[] }) {
  return (
    <div className="legend">
      <ul className="legend-states">
        <li>
          <span className="seat seat-sample" data-state="free" /> Free
        </li>
        <li>
          <span className="seat seat-sample" data-state="mine">
            ✓
          </span>{' '}
          Yours
        </li>
        <li>
          <span className="seat seat-sample" data-state="sold">
            ×
          </span>{' '}
          Sold
        </li>
      </ul>
      <ul className="legend-prices">
        {priceBands(tickets).map(({ rows, price }) => (
          <li key={rows}>
            {rows} <b>{formatPrice(price)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

function priceBands(tickets: readonly Ticket[]): { rows: string; price: number }[] {
  const bands = Map.groupBy(tickets, (ticket) => ticket.price);
  return [...bands].map(([price, seats]) => {
    const names = groupRows(seats).map((row) => row.name);
    const rows = names.length > 1 ? `Rows ${names[0]}–${names.at(-1)}` : `Row ${names[0]}`;
    return { rows, price };
  });
}
