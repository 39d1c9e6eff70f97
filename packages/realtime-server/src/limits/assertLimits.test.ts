import { expect, it } from 'vitest';
import { assertLimits } from './assertLimits.ts';
import { type LimitOptions, resolveLimitOptions } from './limitOptions.ts';

it.each<[string, LimitOptions]>([
  ['anonymousTimeoutMs', { anonymousTimeoutMs: 0 }],
  ['headersTimeoutMs', { headersTimeoutMs: 2 ** 31 }],
  ['maxConnectionsPerAddress', { maxConnectionsPerAddress: 0 }],
  ['messagesPerSecond', { messagesPerSecond: Number.NaN }],
  ['burstSeconds', { burstSeconds: -1 }],
  ['costs.shout', { costs: { shout: 0 } }],
  ['trustedProxies', { trustedProxies: ['10.0.0.0/33'] }],
  ['unlimitedAddresses', { unlimitedAddresses: ['example.com'] }],
  ['forwardedHeader', { forwardedHeader: 'x-real-ip' as 'forwarded' }],
])('%s is refused where it cannot be used', (name, options) => {
  expect(() => assertLimits(resolveLimitOptions(options))).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG', message: expect.stringContaining(name) }),
  );
});

it('the defaults can be used, and so can none', () => {
  const none = Number.POSITIVE_INFINITY;
  expect(() => assertLimits(resolveLimitOptions())).not.toThrow();
  const limits = { maxConnectionsPerUser: none, messagesPerSecond: none, maxKeys: none };
  expect(() => assertLimits(resolveLimitOptions(limits))).not.toThrow();
});
