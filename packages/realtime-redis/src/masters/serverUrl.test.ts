import { expect, test } from 'vitest';
import { serverUrl } from './serverUrl.ts';

test.each([
  ['10.0.0.2', 'rediss://broker:secret@10.0.0.2:7001'],
  ['redis-2.internal', 'rediss://broker:secret@redis-2.internal:7001'],
  ['fd00::2', 'rediss://broker:secret@[fd00::2]:7001'],
  ['', 'rediss://broker:secret@seed-2:7001'],
])('a server that is told as %j is at %s', (host, expected) => {
  const first = 'rediss://broker:secret@seed-1:7000';
  expect(serverUrl(first, 'rediss://seed-2:7002', host, 7_001)).toBe(expected);
});
