/** Time that processes of one machine agree on, in milliseconds. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}
