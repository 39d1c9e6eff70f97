/** The target cannot be reached, or refuses what the load needs. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}
