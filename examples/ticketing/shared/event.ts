/** Where an event takes place. */
export interface Venue {
  readonly name: string;
  readonly city: string;
}

/** An event as the list shows it. */
export interface EventSummary {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly tagline: string;
  readonly startsAt: string;
  readonly venue: Venue;
  /** What it was announced with, where that has changed. */
  readonly announcedWith: { readonly startsAt: string | null; readonly venue: Venue | null };
  /** The colour of its poster, in degrees. */
  readonly hue: number;
  readonly seats: { readonly total: number; readonly free: number };
  /** The cheapest free seat; null when nothing is left. */
  readonly priceFrom: number | null;
}

/** An event as its own page shows it. */
export interface EventDetails extends EventSummary {
  readonly description: string;
}
