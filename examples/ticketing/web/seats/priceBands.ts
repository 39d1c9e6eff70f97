import type { Ticket } from '../../shared/ticket.ts';
import { groupRows } from './groupRows.ts';

/** Rows that cost the same. */
export interface PriceBand {
  readonly rows: string;
  readonly price: number;
}

/** What the rows cost, from front to back. */
export function priceBands(tickets: readonly Ticket[]): readonly PriceBand[] {
  const bands = Map.groupBy(tickets, (ticket) => ticket.price);
  return [...bands].map(([price, seats]) => {
    const names = groupRows(seats).map((row) => row.name);
    const rows = names.length > 1 ? `Rows ${names[0]}–${names.at(-1)}` : `Row ${names[0]}`;
    return { rows, price };
  });
}
