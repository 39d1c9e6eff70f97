import { expect, it } from 'vitest';
import { fnv1a64 } from './fnv1a64.ts';

const hashOf = (text: string) => fnv1a64(new TextEncoder().encode(text));

it('is the hash that its authors publish, as 16 hexadecimal digits', () => {
  expect(hashOf('')).toBe('cbf29ce484222325');
  expect(hashOf('a')).toBe('af63dc4c8601ec8c');
  expect(hashOf('foobar')).toBe('85944171f73967e8');
});

it('keeps the zeros in front', () => {
  const digits = Array.from({ length: 200 }, (_, number) => hashOf(`${number}`));
  expect(digits.filter((hash) => hash.length === 16)).toHaveLength(200);
  expect(digits.some((hash) => hash.startsWith('0'))).toBe(true);
});
