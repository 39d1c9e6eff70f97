/** Of ours to a peer's, null where either was not measured. */
export function quotient(
  ours: number | null | undefined,
  peers: number | null | undefined,
): number | null {
  return ours == null || peers == null ? null : ours / peers;
}
