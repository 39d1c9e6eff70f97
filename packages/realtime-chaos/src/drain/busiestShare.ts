/** The largest part of all that happened within one span of so many milliseconds, from 0 to 1. */
export function busiestShare(atMs: readonly number[], spanMs: number): number {
  const times = atMs.toSorted((one, other) => one - other);
  let first = 0;
  let most = 0;
  times.forEach((time, index) => {
    while (time - (times[first] ?? time) >= spanMs) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return times.length === 0 ? 0 : most / times.length;
}
