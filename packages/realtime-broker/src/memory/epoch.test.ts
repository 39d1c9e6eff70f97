import { expect, test } from 'vitest';
import { createEpoch } from './epoch.ts';

test('an epoch is 96 random bits as base64url', () => {
  const epoch = createEpoch();
  expect(epoch).toMatch(/^[A-Za-z0-9_-]{16}$/);
  expect(Buffer.from(epoch, 'base64url')).toHaveLength(12);
});

test('epochs do not repeat', () => {
  const epochs = Array.from({ length: 10_000 }, createEpoch);
  expect(new Set(epochs).size).toBe(epochs.length);
});
