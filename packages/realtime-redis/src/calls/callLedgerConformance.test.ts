import { callLedgerConformance } from '@roomcast/realtime-broker/conformance';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { createRedisCallLedger } from './createRedisCallLedger.ts';

let redis: RunningRedis;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

describe('the ledger of calls in Redis', () => {
  const createLedger: Parameters<typeof callLedgerConformance>[0] = async (bounds) => {
    const ledger = createRedisCallLedger({ url: redis.url, leaseMs: 600, ...bounds });
    await ledger.ready();
    return ledger;
  };
  const cases = callLedgerConformance(createLedger, { hasSharedStore: true, timeoutMs: 4_000 });
  for (const { name, run } of cases) test(name, run);
});
