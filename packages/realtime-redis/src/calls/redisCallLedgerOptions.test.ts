import { expect, test } from 'vitest';
import {
  parseRedisCallLedgerOptions,
  type RedisCallLedgerOptions,
} from './redisCallLedgerOptions.ts';

test.each<[RedisCallLedgerOptions, string]>([
  [{ leaseMs: 10 }, 'Expected `leaseMs` to be a whole number of 30 or more, got `10`.'],
  [{ windowMs: 0 }, 'Expected `windowMs` to be a whole number of 1 or more, got `0`.'],
  [{ maxCallerBytes: -1 }, 'Expected `maxCallerBytes`'],
  [{ keyPrefix: '{app}' }, 'Expected `keyPrefix`'],
  [{ timeoutMs: 0 }, 'Expected `timeoutMs`'],
])('%o is refused', (options, message) => {
  expect(() => parseRedisCallLedgerOptions(options)).toThrow(message);
});

test('what is left out has its default', () => {
  const settings = parseRedisCallLedgerOptions({ windowMs: 1_000 });
  expect(settings).toMatchObject({ windowMs: 1_000, maxCallerBytes: 4_194_304, leaseMs: 4_000 });
  expect(settings).toMatchObject({ keyPrefix: 'roomcast', timeoutMs: 5_000 });
});
