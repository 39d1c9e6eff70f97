import { round } from './round.ts';

/** Every number with as many digits as a measurement is worth. */
export function roundAll(
  values: Readonly<Record<string, number | null>>,
): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : round(value)]),
  );
}
