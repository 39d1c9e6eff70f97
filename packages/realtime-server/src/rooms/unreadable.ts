/**
 * The failure of a broker, as it may leave the server: whatever its code is, it is about the server's
 * own affairs, so that a client is told `INTERNAL`.
 */
export function unreadable(cause: unknown): Error {
  return new Error('The log could not be read.', { cause });
}
