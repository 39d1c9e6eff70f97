import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { WebSocketManager } from '@roomcast/realtime-server';
import { startTestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain, refusalOf } from './plainClient.ts';

const contract = clubContract;

/** An action that ends when the test says so. */
function pendingAction<Value>() {
  let onBegun = () => {};
  let finish = (_: Value) => {};
  const began = new Promise<void>((resolve) => {
    onBegun = resolve;
  });
  const answer = new Promise<Value>((resolve) => {
    finish = resolve;
  });
  const handler = () => {
    onBegun();
    return answer;
  };
  return { handler, began, finish };
}

describe('a server that drains', () => {
  it('tells framed clients why and until when, and stock clients nothing that keeps them away', async () => {
    await using server = await startTestServer(contract);
    using framed = await connectFramed(server.url);
    using plain = await connectPlain(server.url);
    const reasons: string[] = [];
    plain.socket.on('disconnect', (reason) => reasons.push(reason));
    expect(await server.manager.drain({ windowMs: 200, waves: 1 })).toMatchObject({
      ...{ drained: 2, cut: 0 },
    });
    await eventually(() =>
      expect(framed.frames('C')).toEqual([
        {
          error: { code: 'SERVER_DRAINING', message: expect.any(String) },
          retryAfterMs: expect.any(Number),
        },
      ]),
    );
    const [{ retryAfterMs } = { retryAfterMs: -1 }] = framed.frames('C') as {
      retryAfterMs: number;
    }[];
    expect(retryAfterMs).toBeGreaterThanOrEqual(0);
    expect(retryAfterMs).toBeLessThanOrEqual(200);
    // Not `io server disconnect`, upon which a stock client stays away.
    await eventually(() => expect(reasons).toEqual(['transport close']));
  });

  it('writes what is published up to the end of each client, and loses no action', async () => {
    const saying = pendingAction<{ length: number }>();
    await using server = await startTestServer(contract, {
      actions: { say: saying.handler },
    });
    await using alice = new WebSocketTester(server);
    await alice.connect('alice');
    await alice.join('event', { eventId: '1' });
    const said = alice.client.call('say', { text: 'hello' });
    await saying.began;
    const draining = server.manager.drain({ windowMs: 0 });
    for (let index = 0; index < 100; index += 1) {
      await server.manager.broadcastToEvent('1', 'said', { text: `${index}` });
    }
    saying.finish({ length: 5 });
    expect(await said).toEqual({ length: 5 });
    expect(await draining).toMatchObject({ drained: 1, cut: 0 });
    const heard = () => alice.received('said').map(({ text }) => text);
    const published = Array.from({ length: 100 }, (_, index) => `${index}`);
    await eventually(() => expect(heard()).toEqual(published));
  });

  it('lets nobody new in, with a code to come back on, where others share its http server', async () => {
    const http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    const looking = pendingAction<string>();
    await using manager = new WebSocketManager({
      ...{ contract, server: http, env: {}, namespace: '/one', healthPaths: true },
      actions: { look: looking.handler },
    });
    await using _other = new WebSocketManager({
      ...{ contract, server: http, env: {}, namespace: '/two' },
    });
    using busy = await connectPlain(`${url}/one`);
    const looked = busy.ask('look', null);
    await looking.began;
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const draining = manager.drain({ windowMs: 0 });
    const readiness = await fetch(`${url}/readyz`);
    expect(readiness.status).toBe(503);
    expect(await readiness.json()).toEqual({ status: 'draining', reasons: ['draining'] });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await refusalOf(`${url}/one`)).data?.code).toBe('SERVER_DRAINING');
    using beside = await connectPlain(`${url}/two`);
    looking.finish('done');
    expect(await looked).toEqual({ ok: true, value: 'done' });
    await draining;
    expect(beside.socket.connected).toBe(true);
    http.close();
  });

  it('of its own http server stops listening, unless somebody polls', async () => {
    for (const transport of ['websocket', 'polling'] as const) {
      const looking = pendingAction<string>();
      await using server = await startTestServer(contract, {
        transports: ['websocket', 'polling'],
        actions: { look: looking.handler },
      });
      using busy = await connectPlain(server.url, { transports: [transport] });
      const looked = busy.ask('look', null);
      await looking.began;
      const draining = server.manager.drain({ windowMs: 0 });
      await eventually(async () => {
        const status = await fetch(`${server.url}/readyz`).then(
          (response) => response.status,
          () => 'refused',
        );
        expect(status).toBe(transport === 'websocket' ? 'refused' : 503);
      });
      looking.finish('done');
      expect(await looked).toEqual({ ok: true, value: 'done' });
      expect(await draining).toMatchObject({ drained: 1, cut: 0 });
    }
  });

  it('cuts off a client that keeps it waiting, in time', async () => {
    const looking = pendingAction<string>();
    await using server = await startTestServer(contract, {
      actions: { look: looking.handler },
    });
    using busy = await connectPlain(server.url);
    void busy.ask('look', null).catch(() => {});
    await looking.began;
    const { durationMs } = await server.manager.drain({ deadlineMs: 1_000 });
    expect(durationMs).toBeLessThan(1_000);
    await eventually(() => expect(busy.socket.connected).toBe(false));
  });
});

it('a client that was sent away says so, and is back on the next server after its delay', async () => {
  const server = await startTestServer(contract);
  const client = createRealtimeClient({
    ...{ contract, url: server.url, env: {}, backoff: { minDelayMs: 10, maxDelayMs: 100 } },
  });
  const states: unknown[] = [];
  client.watchState((state) => states.push(state));
  client.connect();
  await eventually(() => expect(client.state.status).toBe('connected'));
  await server.manager.drain({ windowMs: 100, waves: 1 });
  await eventually(() =>
    expect(states).toContainEqual(
      expect.objectContaining({
        ...{ status: 'reconnecting', attempt: 1 },
        error: expect.objectContaining({ code: 'SERVER_DRAINING' }),
      }),
    ),
  );
  await using _next = await startTestServer(contract, { port: server.port });
  await eventually(() => expect(client.state.status).toBe('connected'));
  await client.close();
  await server.close();
});
