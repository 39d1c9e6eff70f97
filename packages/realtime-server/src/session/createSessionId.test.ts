import { expect, it } from 'vitest';
import { createSessionId } from './createSessionId.ts';

it('is 128 bits as text, and never the same, however many there are', () => {
  const ids = Array.from({ length: 1_000 }, createSessionId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});
