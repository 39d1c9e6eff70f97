import { expect, test } from 'vitest';
import * as redis from './index.ts';
import * as testing from './testing/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(redis)).toMatchInlineSnapshot(`
    [
      "createRedisCallLedger",
      "createRedisBroker",
      "createRedisPresenceStore",
      "createRedisRateCounter",
    ]
  `);
});

test('and one for tests', () => {
  expect(Object.keys(testing)).toEqual(['startRedis']);
});
