import { isRecord } from '@roomcast/realtime-contract';

/**
 * Whether a payload has every field that is expected, at any depth; lists have to be as long. An
 * asymmetric matcher, such as `expect.any(String)`, stands for whatever it accepts.
 */
export function matchesPayload(actual: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return false;
    return expected.every((item, index) => matchesPayload(actual[index], item));
  }
  if (!isRecord(expected)) return Object.is(actual, expected);
  if (!isRecord(actual)) return false;
  return Object.entries(expected).every(([field, value]) => matchesPayload(actual[field], value));
}

interface Asymmetric {
  asymmetricMatch(actual: unknown): boolean;
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return typeof (value as Partial<Asymmetric> | null | undefined)?.asymmetricMatch === 'function';
}
