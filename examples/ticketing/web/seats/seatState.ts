import type { Ticket } from '../../shared/ticket.ts';

/** What a seat is to the one who looks at it. */
export type SeatState = 'free' | 'mine' | 'sold';

export function seatState(ticket: Ticket, userId: string | undefined): SeatState {
  if (!ticket.owner) return 'free';
  return ticket.owner.id === userId ? 'mine' : 'sold';
}
