import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leastRights } from './fakes/leastRights.ts';
import { openBroker } from './fakes/openBroker.ts';
import { type SecureRedis, startSecureRedis } from './fakes/startSecureRedis.ts';

let redis: SecureRedis;

beforeAll(async () => {
  redis = await startSecureRedis(leastRights);
});

afterAll(() => redis[Symbol.asyncDispose]());

const failed = { code: 'CONNECTION_FAILED' };
const app = { keyPrefix: 'app', timeoutMs: 500 };

describe('a Redis with TLS and one user', () => {
  it('is used with its certificate, and the probe works', async () => {
    const client = { socket: { tls: true as const, ca: redis.certificate } };
    const probe = { probeIntervalMs: 20, probeTimeoutMs: 100 };
    await using one = openBroker({ url: redis.url, client, ...app, ...probe });
    await one.follow();
    for (const payload of [1, 2, 3]) {
      await one.publish(payload, `key-${payload}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await one.hears(1, 2, 3);
    expect(one.lost).toEqual([]);
  });

  it.each([
    ['its certificate is not known', {}],
    ['the password is another', { password: 'wrong' }],
  ])('is not used where %s', async (name, client) => {
    const socket = name.includes('password') ? { tls: true as const, ca: redis.certificate } : {};
    const url = redis.url.replace('broker:secret@', 'password' in client ? '' : 'broker:secret@');
    const given = { username: 'broker', ...client, socket };
    await using one = openBroker({ url, client: given, ...app });
    await expect(one.broker.ready()).rejects.toMatchObject(failed);
    expect(one.broker.health()).toEqual({ status: 'down' });
  });

  it('says what is missing where the user may not use a key', async () => {
    const client = { socket: { tls: true as const, ca: redis.certificate } };
    await using one = openBroker({ url: redis.url, client, ...app, keyPrefix: 'other' });
    await expect(one.follow()).rejects.toMatchObject({
      ...failed,
      message: expect.stringContaining('NOPERM'),
    });
    const error = await one.publish('a').catch((reason) => reason);
    expect(error.message).toContain('NOPERM');
  });
});
