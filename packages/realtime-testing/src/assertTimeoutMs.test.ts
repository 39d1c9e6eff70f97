import { expect, it } from 'vitest';
import { assertTimeoutMs } from './assertTimeoutMs.ts';

it.each([0, 0.5, 2_000, 2_147_483_647])('accepts %d', (timeoutMs) => {
  assertTimeoutMs(timeoutMs);
});

it.each([Number.NaN, -1, Number.POSITIVE_INFINITY, 2_147_483_648])('refuses %d', (timeoutMs) => {
  expect(() => assertTimeoutMs(timeoutMs)).toThrow(
    expect.objectContaining({
      code: 'INVALID_CONFIG',
      message: `Expected \`timeoutMs\` to be a number from 0 to 2147483647, got \`${timeoutMs}\`.`,
    }),
  );
});
