import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';

/** What a failed assertion shows beside its message, for a diff. */
export interface Difference {
  readonly actual?: unknown;
  readonly expected?: unknown;
}

export function failure(message: string, difference: Difference = {}): AssertionError {
  return new AssertionError({ message, ...difference });
}

/** A value in a message: on one line, and not all of a large one. */
export function show(value: unknown): string {
  return inspect(value, { breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 5, depth: 4 });
}
