/** Figures of one contender under names of their own: `perSecond` becomes `oursPerSecond`. */
export function prefixed(prefix: string, figures: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      `${prefix}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
  );
}
