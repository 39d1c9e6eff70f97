/** Whether every ratio that has a target is known and at most as much. */
export function meetsTargets(
  ratios: Readonly<Record<string, number | null>>,
  targets: Readonly<Record<string, number>>,
): boolean {
  return Object.entries(targets).every(([name, target]) => {
    const ratio = ratios[name] ?? null;
    return ratio !== null && ratio <= target;
  });
}
