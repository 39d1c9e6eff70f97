/**
 * A name for one call of an action, at random: 128 bits, in digits and `-`.
 *
 * Everybody who sees what the action publishes sees it, as `causedBy`.
 */
export function createIdempotencyKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
