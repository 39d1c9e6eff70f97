import { describe, expect, it } from 'vitest';
import { isIdempotencyKey, parseActionCallMeta } from './actionCall.ts';

const keys = ['a', '0', '-', '_', 'kJ3vQ0m1cW8bYx2RtZ5oGA', 'x'.repeat(64)];
const noKeys: readonly unknown[] = [
  ...['', ' ', 'a b', 'a\n', '\na', 'ä', 'a:b', '../', '\0', 'x'.repeat(65), 'x'.repeat(1e6)],
  ...[7, null, true, {}, [], ['a']],
];

describe('isIdempotencyKey', () => {
  it.each(keys)('takes %s', (key) => {
    expect(isIdempotencyKey(key)).toBe(true);
  });

  it.each([...noKeys, undefined])('refuses %j', (key) => {
    expect(isIdempotencyKey(key)).toBe(false);
  });
});

describe('parseActionCallMeta', () => {
  it.each(keys)('reads the key %s', (idempotencyKey) => {
    expect(parseActionCallMeta({ idempotencyKey })).toEqual({ idempotencyKey });
  });

  it.each([
    ...[undefined, null, {}, { idempotencyKey: undefined }, { key: 'a' }],
    ...[7, 0, '', 'key', true, false, [], ['key'], [{ idempotencyKey: 'a' }]],
  ])('takes %j for none', (value) => {
    expect(parseActionCallMeta(value)).toEqual({});
  });

  it('ignores what it does not know', () => {
    expect(parseActionCallMeta({ idempotencyKey: 'a', attempt: 2 })).toEqual({
      idempotencyKey: 'a',
    });
  });

  it.each(noKeys)('refuses %j as a key, without repeating it', (idempotencyKey) => {
    expect(() => parseActionCallMeta({ idempotencyKey })).toThrow(
      expect.objectContaining({
        code: 'INVALID_PAYLOAD',
        message: expect.stringMatching(/^.{0,200}$/),
      }),
    );
  });
});
