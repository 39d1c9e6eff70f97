const format = new Intl.NumberFormat('en-IE', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** 47.50: always as wide as its neighbours, and without the currency that is said once. */
export function formatQuote(price: number): string {
  return format.format(price);
}
