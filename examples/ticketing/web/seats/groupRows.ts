import type { Ticket } from '../../shared/ticket.ts';

/** A row of the hall, from left to right. */
export interface SeatRow {
  readonly name: string;
  readonly seats: readonly Ticket[];
}

/** The hall from front to back. */
export function groupRows(tickets: readonly Ticket[]): SeatRow[] {
  const rows = Map.groupBy(tickets, (ticket) => ticket.row);
  return [...rows].map(([name, seats]) => ({ name, seats }));
}
