import { createServer } from 'node:http';
import { expect, it, vi } from 'vitest';
import { tellOpenLimits } from './tellOpenLimits.ts';

const ours = { headersTimeoutMs: 5_000, requestTimeoutMs: 10_000 };

it.each([
  ['as Node makes it', {}, true],
  ['that waits for ever', { headersTimeout: 1_000, requestTimeout: 0 }, true],
  ['that waits as long as ours', { headersTimeout: 5_000, requestTimeout: 10_000 }, false],
])('an http server %s', (_, options, isTold) => {
  const logger = { debug() {}, info: vi.fn(), warn() {}, error() {} };
  tellOpenLimits(createServer(options), ours, logger);
  expect(logger.info).toHaveBeenCalledTimes(isTold ? 1 : 0);
  if (isTold) expect(logger.info.mock.calls[0]?.[1]).toContain('headersTimeout');
});
