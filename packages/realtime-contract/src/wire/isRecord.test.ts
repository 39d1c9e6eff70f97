import { describe, expect, it } from 'vitest';
import { isRecord } from './isRecord.ts';

describe('isRecord', () => {
  it.each([[{}], [{ a: 1 }], [Object.create(null)], [JSON.parse('{"__proto__":null}')]])(
    'is true for an object with named fields',
    (value) => {
      expect(isRecord(value)).toBe(true);
    },
  );

  it.each([[null], [undefined], [[]], ['text'], [1], [true], [() => {}]])(
    'is false for %j',
    (value) => {
      expect(isRecord(value)).toBe(false);
    },
  );
});
