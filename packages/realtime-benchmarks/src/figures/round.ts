/** A number with as many digits as a measurement is worth: three, or all before the point. */
export function round(value: number): number {
  return Number(value.toPrecision(Math.max(3, Math.trunc(value).toString().length)));
}
