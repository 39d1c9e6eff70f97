import { expect, test } from 'vitest';
import { parseRedisBrokerOptions } from './parseRedisBrokerOptions.ts';
import type { RedisBrokerOptions } from './redisBrokerOptions.ts';

test.each<[RedisBrokerOptions, string]>([
  [
    { keyPrefix: '' },
    'Expected `keyPrefix` to be a text without braces that is not empty, got "".',
  ],
  [{ keyPrefix: '{app}' }, 'Expected `keyPrefix` to be a text without braces'],
  [{ forgetAfterMs: 1_000 }, 'Expected `forgetAfterMs` to be a whole number of 120000 or more'],
  [{ timeoutMs: 0 }, 'Expected `timeoutMs` to be a whole number of 1 or more, got `0`.'],
  [{ maxWaitingBytes: -1 }, 'Expected `maxWaitingBytes`'],
  [{ probeIntervalMs: 0.5 }, 'Expected `probeIntervalMs`'],
  [{ probeTimeoutMs: 0 }, 'Expected `probeTimeoutMs`'],
  [{ compareIntervalMs: Number.NaN }, 'Expected `compareIntervalMs`'],
  [{ history: { maxBytes: -1 } }, 'Expected `history.maxBytes`'],
  [{ whileAway: 'drop' as 'fail' }, 'Expected `whileAway` to be "fail" or "wait", got "drop".'],
  [{ cluster: { nodes: [] } }, 'Expected `cluster.nodes` to be one url or more'],
  [{ cluster: { nodes: ['127.0.0.1:7000'] } }, 'Expected `cluster.nodes` to be urls'],
  [{ cluster: { nodes: ['redis://a:7000', 'redis://b:7000/1'] } }, 'got "redis://b:7000/1".'],
  [{ cluster: { nodes: ['redis://a:7000'] }, url: 'redis://a:7000' }, 'Leave one of them out.'],
])('%o is refused', (options, message) => {
  expect(() => parseRedisBrokerOptions(options)).toThrow(message);
});

test('what is left out has its default', () => {
  const { history, keyPrefix, backoff, forgetAfterMs } = parseRedisBrokerOptions({
    history: { maxPublications: 7 },
    backoff: { minDelayMs: 1 },
  });
  expect(history).toEqual({ maxPublications: 7, maxAgeMs: 120_000, maxBytes: 1_048_576 });
  expect(backoff).toEqual({ minDelayMs: 1, maxDelayMs: 2_000, jitter: 1 });
  expect([keyPrefix, forgetAfterMs]).toEqual(['roomcast', 604_800_000]);
});
