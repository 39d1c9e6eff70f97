import type { EventSummary } from './event.ts';
import type { Ticket } from './ticket.ts';

/** A ticket with the event it is for. */
export type OwnedTicket = Omit<Ticket, 'owner' | 'changedAt'> & {
  readonly event: Pick<EventSummary, 'id' | 'title' | 'startsAt' | 'venue' | 'hue'>;
};

/** What a user has: money and tickets. */
export interface Wallet {
  readonly balance: number;
  /** Soonest event first. */
  readonly tickets: readonly OwnedTicket[];
}
