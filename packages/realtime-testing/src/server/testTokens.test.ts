import { describe, expect, it, vi } from 'vitest';
import { TestTokens, testSecret } from './testTokens.ts';

describe('expire', () => {
  it('raises the number of the next token once for each token, however often it is called', async () => {
    const tokens = new TestTokens(testSecret);
    const onExpired = vi.fn();
    tokens.follow(onExpired);
    const first = await tokens.sign('alice');
    tokens.expire(first);
    const second = await tokens.sign('alice');
    tokens.expire(first);
    expect(second).not.toBe(first);
    expect(await tokens.sign('alice')).toBe(second);
    expect(onExpired.mock.calls).toEqual([['alice-1']]);
  });

  it('leaves the other tokens of a user as they are where the `jti` was given', async () => {
    const tokens = new TestTokens(testSecret);
    const other = await tokens.sign('alice');
    const phone = await tokens.sign('alice', { jti: 'phone' });
    tokens.expire(phone);
    expect(await tokens.sign('alice')).toBe(other);
    expect(await tokens.sign('alice', { jti: 'phone' })).toBe(phone);
  });
});
