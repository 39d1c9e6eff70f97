/** Adds up what several processes counted. */
export function mergeReasons(
  parts: readonly Readonly<Record<string, number>>[],
): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const [reason, count] of parts.flatMap((part) => Object.entries(part))) {
    merged[reason] = (merged[reason] ?? 0) + count;
  }
  return merged;
}
