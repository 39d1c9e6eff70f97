/** A count of the full figure at a scale: whole, and never nothing. */
export function scaled(full: number, scale: number): number {
  return Math.max(1, Math.round(full * scale));
}
