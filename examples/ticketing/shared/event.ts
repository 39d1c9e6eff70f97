/** An event as the list shows it. */
export interface EventSummary {
  readonly id: string;
  readonly title: string;
  readonly genre: string;
  readonly tagline: string;
  readonly startsAt: string;
  readonly venue: { readonly name: string; readonly city: string };
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
