import { brokerConformance } from '@roomcast/realtime-broker/conformance';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createRedisBroker } from './createRedisBroker.ts';
import { type RunningRedis, startRedis } from './testing/startRedis.ts';

let redis: RunningRedis;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

describe('the broker in Redis', () => {
  // Redis itself bounds what all rooms hold together.
  const cases = brokerConformance(async ({ history, latest }) => {
    const broker = createRedisBroker({ url: redis.url, history, latest });
    await broker.ready();
    return broker;
  });
  for (const { name, run } of cases) test(name, run);
});
