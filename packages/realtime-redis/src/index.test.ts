import { expect, test } from 'vitest';
import * as redis from './index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(redis)).toMatchInlineSnapshot(`
    [
      "createRedisCallLedger",
      "createRedisBroker",
    ]
  `);
});
