import { expect, it } from 'vitest';
import { createId } from './createId.ts';

it('is 128 bits as text, and never the same, however many there are', () => {
  const ids = Array.from({ length: 1_000 }, createId);
  expect(new Set(ids).size).toBe(1_000);
  for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});
