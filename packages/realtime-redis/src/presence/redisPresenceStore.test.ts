import type { PresenceStore } from '@roomcast/realtime-broker';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type RunningRedis, startRedis } from '../testing/startRedis.ts';
import { createRedisPresenceStore } from './createRedisPresenceStore.ts';

let redis: RunningRedis;
const opened: PresenceStore[] = [];

beforeEach(async () => {
  redis = await startRedis();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((store) => store.close()));
  await redis[Symbol.asyncDispose]();
});

/** A store that comes back, and takes others for dead, within moments. */
async function open() {
  const store = createRedisPresenceStore({
    ...{ url: redis.url, leaseMs: 300, graceMs: 200, backoff: { minDelayMs: 5, maxDelayMs: 50 } },
    ...{ timeoutMs: 200, probeIntervalMs: 50, probeTimeoutMs: 200 },
  });
  opened.push(store);
  await store.ready();
  return store;
}

const member = (id: string) => ({ id, userId: null, data: 0 });
const membersOf = async (store: PresenceStore) =>
  (await store.read('room')).members.map(({ id }) => id);
const eventually = <Value>(check: () => Promise<Value>) =>
  vi.waitFor(check, { timeout: 4_000, interval: 10 });

function watch(store: PresenceStore) {
  const log: string[] = [];
  store.watch('room', {
    onState: ({ members }) => log.push(`all ${members.map(({ id }) => id).join(' ')}`),
    onChange: ({ entered, left }) => log.push(entered ? `+${entered.id}` : `-${left}`),
  });
  return log;
}

it.each([
  ['leaseMs', 10],
  ['graceMs', -1],
  ['maxMembers', 1.5],
])('refuses %s of %s', (name, value) => {
  const refused = expect.objectContaining({ code: 'INVALID_CONFIG' });
  expect(() => createRedisPresenceStore({ [name]: value })).toThrow(refused);
});

describe('members', () => {
  it('are back in a Redis that has lost them, also for those who watch elsewhere', async () => {
    const [store, other] = [await open(), await open()];
    await store.enter('room', member('a'), 'h-1');
    const log = watch(other);
    await eventually(async () => expect(log).toEqual(['all a']));
    await redis.kill();
    await redis.start();
    await eventually(async () => expect(await membersOf(other)).toEqual(['a']));
    await eventually(async () => expect(log.at(-1)).toMatch(/^(all |\+)a$/));
  });

  it('enter and leave, once Redis can be asked, that it could not be asked for', async () => {
    const store = await open();
    await store.enter('room', member('a'), 'h-1');
    redis.pause();
    const refused = { code: 'CONNECTION_FAILED' };
    await expect(store.enter('room', member('b'), 'h-2')).rejects.toMatchObject(refused);
    await expect(store.leave('room', 'a', 'h-1')).rejects.toMatchObject(refused);
    await expect(store.read('room')).rejects.toMatchObject(refused);
    redis.resume();
    await eventually(async () => expect(await membersOf(store)).toEqual(['b']));
  });

  it('that somebody else has taken over meanwhile are left to them', async () => {
    const [store, other] = [await open(), await open()];
    await store.enter('room', member('a'), 'h-1');
    await other.enter('room', member('a'), 'h-2');
    await redis.kill();
    await redis.start();
    await eventually(async () => expect(await membersOf(other)).toEqual(['a']));
    await store.leave('room', 'a', 'h-1').catch(() => {});
    await eventually(async () => expect(await membersOf(other)).toEqual(['a']));
  });

  it('of a process that lives on are nowhere taken for gone', async () => {
    const [store, other] = [await open(), await open()];
    await store.enter('room', member('a'), 'h-1');
    const log = watch(other);
    await eventually(async () => expect(log).toEqual(['all a']));
    // Several times as long as a process lives without a sign of life.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(log).toEqual(['all a']);
  });
});

it('stops listening to rooms that nobody watches', async () => {
  const store = await open();
  const stop = store.watch('room', { onState: () => {}, onChange: () => {} });
  stop();
  const log = watch(store);
  await eventually(async () => expect(log).toEqual(['all ']));
  await store.enter('room', member('a'), 'h-1');
  await eventually(async () => expect(log).toEqual(['all ', '+a']));
});
