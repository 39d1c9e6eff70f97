import { setTimeout } from 'node:timers/promises';
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { createOutbox, createRealtimeClient } from '@roomcast/realtime-client';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { startFaultProxy } from '@roomcast/realtime-testing';
import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { clubContract } from '../server/clubContract.ts';
import { startDrainNode } from './startDrainNode.ts';

/** Processes take their time to start on a machine that is busy. */
const startsProcessesMs = 30_000;

/** A client with an outbox, and all that it hears of one room. */
function openMember(url: string, userId: string) {
  const client = createRealtimeClient({
    ...{ contract: clubContract, url, env: {}, getToken: () => userId },
    backoff: { minDelayMs: 20, maxDelayMs: 200 },
    outbox: createOutbox({ actions: ['say'] }),
  });
  const heard: string[] = [];
  const gaps: string[] = [];
  const codes = new Set<string>();
  client.on('said', ({ text }) => heard.push(text));
  client.onRecovery(({ status, room }) => {
    if (status !== 'resumed' && heard.length > 0) gaps.push(`${room} ${status}`);
  });
  client.watchState((state) => {
    if (state.status === 'reconnecting') codes.add(state.error.code);
  });
  const room = client.subscribe('event', { eventId: '1' });
  return { client, room, heard, gaps, codes };
}

it('SIGTERM amid traffic: its clients go on at the other node, with every publication and every action once', {
  timeout: startsProcessesMs,
}, async () => {
  await using redis = await startRedis();
  const options = { actionMs: 40, windowMs: 600 };
  await using first = await startDrainNode(redis.url, options);
  await using second = await startDrainNode(redis.url, options);
  // As a proxy does that has seen the first one fail.
  let ports = [first.port, second.port];
  let turn = 0;
  await using proxy = await startFaultProxy(() => ports[turn++ % ports.length] ?? 0);
  const url = `http://127.0.0.1:${proxy.port}`;
  const members = Array.from({ length: 16 }, (_, index) => openMember(url, `user-${index}`));
  await Promise.all(members.map(({ room }) => room.joined()));

  await using log = createRedisBroker({ url: redis.url });
  const event = createBroadcaster(clubContract, log).to('event', { eventId: '1' });
  const expected: string[] = [];
  const calls: Promise<unknown>[] = [];
  let isOver = false;
  const publishing = (async () => {
    for (let index = 0; !isOver; index += 1) {
      await event.emit('said', { text: `published ${index}` });
      expected.push(`published ${index}`);
      const member = members[index % members.length];
      const text = `called ${index}`;
      if (index % 3 === 0 && member) calls.push(member.client.call('say', { text }));
      if (index % 3 === 0) expected.push(text);
      await setTimeout(4);
    }
  })();
  await setTimeout(200);
  const startedAtMs = Date.now();
  first.terminate();
  expect(await first.says()).toMatch(/^drained [1-9]\d*, cut 0$/);
  expect(await first.ended).toBe(0);
  expect(Date.now() - startedAtMs).toBeLessThan(5_600);
  ports = [second.port];
  await setTimeout(300);
  isOver = true;
  await publishing;

  for (const outcome of await Promise.all(calls))
    expect(outcome).toMatchObject({ length: expect.any(Number) });
  const sorted = (texts: readonly string[]) => texts.toSorted();
  for (const { heard, gaps } of members) {
    await eventually(() => expect(sorted(heard)).toEqual(sorted(expected)));
    expect(gaps).toEqual([]);
  }
  expect(members.filter(({ codes }) => codes.has('SERVER_DRAINING')).length).toBeGreaterThan(0);
  await Promise.all(members.map(({ client }) => client.close()));
});

it('a second SIGTERM ends the process at once, whatever is under way', {
  timeout: startsProcessesMs,
}, async () => {
  await using redis = await startRedis();
  await using node = await startDrainNode(redis.url, { actionMs: 60_000, windowMs: 20_000 });
  using alice = await connectFramed(`http://127.0.0.1:${node.port}`, { token: 'alice' });
  void alice.ask('say', { text: 'hello' }).catch(() => {});
  await alice.settle();
  node.terminate();
  await eventually(async () => {
    const probe = await fetch(`http://127.0.0.1:${node.port}/readyz`).catch(() => null);
    expect(probe?.status ?? 'refused').not.toBe(200);
  });
  node.terminate();
  expect(await node.ended).toBe(143);
});
