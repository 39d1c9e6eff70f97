/** Cents as the decimal amount that the API and the events carry. */
export function fromCents(cents: number): number {
  return cents / 100;
}

/** A decimal amount as cents. */
export function toCents(amount: number): number {
  return Math.round(amount * 100);
}
