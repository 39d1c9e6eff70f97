/**
 * Frees what was used a moment ago, so that it is not freed while something else is measured. To
 * collect all garbage takes more compiled code away, which a time would show and memory does not.
 */
export function collectGarbage(type: 'minor' | 'major'): void {
  global.gc?.({ type });
}
