import { expect, it } from 'vitest';
import { formatBytes } from './formatBytes.ts';
import { formatDuration } from './formatDuration.ts';
import { formatKey } from './formatKey.ts';

it.each([
  [43.4, '43 ms'],
  [1_240, '1.2 s'],
  [61_000, '61 s'],
  [300_000, '5 min'],
  [7_200_000, '2 h'],
])('%d ms are %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

it.each([
  [999, '999 B'],
  [1_240, '1.2 kB'],
  [3_400_000, '3.4 MB'],
])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

it.each([
  ['["event-tickets","42"]', 'event-tickets › 42'],
  ['["seats",{"row":1}]', 'seats › {"row":1}'],
  ['{"a":1}', '{"a":1}'],
  ['my own hash', 'my own hash'],
])('the key %s is %s', (hash, text) => expect(formatKey(hash)).toBe(text));
