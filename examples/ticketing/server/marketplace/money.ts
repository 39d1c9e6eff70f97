/** Cents as the decimal amount that the API and the events carry. */
export function fromCents(cents: number): number {
  return cents / 100;
}
