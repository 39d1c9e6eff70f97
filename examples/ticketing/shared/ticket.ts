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
}

/** Something that happened to a ticket. */
export type Activity = {
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
}

/** Something that happened to a ticket of any event. */
export type HouseActivity = Activity & {
  readonly event: { readonly id: string; readonly title: string };
};
