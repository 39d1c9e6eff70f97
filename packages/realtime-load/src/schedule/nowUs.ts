/**
 * The time of a clock that all processes of one machine share and that nobody sets, in microseconds.
 * Only differences mean anything.
 */
export function nowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1_000_000 + nanoseconds / 1_000;
}
