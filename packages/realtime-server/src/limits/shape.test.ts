import { expect, it } from 'vitest';
import { assertShape } from './shape.ts';

const limits = { maxDepth: 3, maxKeys: 5 };

it.each<[string, unknown[]]>([
  ['nothing', []],
  ['what has no inside', [1, 'text', null, true, undefined]],
  ['data as deep as may be', [{ a: { b: [1] } }]],
  ['data as wide as may be', [[1, 2, 3], { a: 1, b: 2 }]],
  ['bytes, which are one thing', [new Uint8Array(100)]],
])('takes %s', (_, values) => {
  expect(() => assertShape(values, limits)).not.toThrow();
});

it.each<[string, unknown[]]>([
  ['data that is deeper', [{ a: { b: [[]] } }]],
  ['data that is wider in one place', [[1, 2, 3, 4, 5, 6]]],
  ['data that is wider in all', [[1, 2, 3], { a: 1, b: 2, c: 3 }]],
])('refuses %s', (_, values) => {
  expect(() => assertShape(values, limits)).toThrow(
    expect.objectContaining({ code: 'INVALID_PAYLOAD' }),
  );
});

it('does not run out of stack', () => {
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  const wide = { maxDepth: 200_000, maxKeys: 200_000 };
  expect(() => assertShape([deep], wide)).not.toThrow();
});
