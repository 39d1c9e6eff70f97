import type { User } from './user.ts';

/** One seat of an event: free as long as nobody owns it. */
export interface Ticket {
  readonly id: string;
  readonly row: string;
  readonly number: number;
  /** Row and number together, as printed on the ticket: `C7`. */
  readonly seat: string;
  readonly price: number;
  readonly owner: User | null;
  /** When it was bought or given away last; null for one that never was, in this shop. */
  readonly changedAt: string | null;
}

/** Something that happened to a ticket. */
export type Activity = {
  /** Made of what happened, so that whoever hears of it gives it the same. */
  readonly id: string;
  readonly seat: string;
  readonly at: string;
} & (
  | { readonly kind: 'purchase'; readonly buyer: User; readonly price: number }
  | { readonly kind: 'transfer'; readonly from: User; readonly to: User }
);

/** The seats of an event and what happened to them last, read at one moment. */
export interface EventTickets {
  readonly tickets: readonly Ticket[];
  /** Newest first. */
  readonly activity: readonly Activity[];
  /** Everybody who can own a ticket: events name them by their ids. */
  readonly people: readonly User[];
}

/** The most that {@link EventTickets} tells of what happened. */
export const maxActivity = 30;

/** Something that happened to a ticket of any event. */
export type HouseActivity = Activity & {
  readonly event: { readonly id: string; readonly title: string };
};

export function activityId(ticketId: string, receiverId: string, at: string): string {
  return [ticketId, receiverId, at].join(' ');
}
