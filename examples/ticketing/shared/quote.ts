/** What tickets of an event are resold for. */
export interface Quote {
  readonly symbol: string;
  readonly event: { readonly id: string; readonly title: string };
  readonly price: number;
  /** By how much the price moved last. */
  readonly change: number;
  readonly at: string;
}
