/** A number for people: three digits, or all before the point, with commas between thousands. */
export function formatNumber(value: number): string {
  return value.toLocaleString('en', {
    maximumSignificantDigits: Math.max(3, Math.trunc(value).toString().length),
  });
}

/** A number of which more digits than two would be pretended. */
export function roughly(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 2 });
}
