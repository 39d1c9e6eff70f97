import { startTestServer } from '@roomcast/realtime-testing';
import { afterEach, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { clubContract } from './clubContract.ts';
import { createCountingBroker } from './countingBroker.ts';
import { connectPlain } from './plainClient.ts';
import { watchSocketIo } from './socketIoServer.ts';

// Hundreds of connections take their time on a machine that is busy.
vi.setConfig({ testTimeout: 20_000 });

const contract = clubContract;

afterEach(() => {
  vi.restoreAllMocks();
});

/** An `authenticate` that answers when the test says so. */
function slowAuthenticate() {
  const finish: (() => void)[] = [];
  const authenticate = vi.fn(
    (token: string) =>
      new Promise<{ id: string }>((resolve) => finish.push(() => resolve({ id: token }))),
  );
  return {
    authenticate,
    finishAll() {
      for (const resolve of finish.splice(0)) resolve();
    },
  };
}

it('500 CONNECTs on one connection make one authentication and end the connection', async () => {
  const { authenticate, finishAll } = slowAuthenticate();
  const sizes = watchSocketIo();
  await using server = await startTestServer(contract, { authenticate });
  using raw = await openRaw(server.url);
  raw.send(...Array.from({ length: 500 }, () => '40{"token":"alice"}'));
  await raw.closed;
  finishAll();
  await eventually(() => expect(sizes()).toEqual({}));
  expect(authenticate).toHaveBeenCalledOnce();
  expect(server.manager.getConnectionCount()).toBe(0);
  expect(raw.messages.filter((message) => message.startsWith('40'))).toEqual([]);
});

it('500 CONNECTs in one polling request make one authentication and end the connection', async () => {
  const { authenticate, finishAll } = slowAuthenticate();
  const sizes = watchSocketIo();
  await using server = await startTestServer(contract, { authenticate });
  const endpoint = `${server.url}/socket.io/?EIO=4&transport=polling`;
  const greeting = await (await fetch(endpoint)).text();
  const { sid } = JSON.parse(greeting.slice(1));
  const body = Array.from({ length: 500 }, () => '40{"token":"alice"}').join('\x1e');
  await fetch(`${endpoint}&sid=${sid}`, { method: 'POST', body });
  await eventually(async () => {
    expect((await fetch(`${endpoint}&sid=${sid}`)).status).toBe(400);
  });
  finishAll();
  await eventually(() => expect(sizes()).toEqual({}));
  expect(authenticate).toHaveBeenCalledOnce();
});

it('500 CONNECTs without a token make at most one session and end the connection', async () => {
  const sizes = watchSocketIo();
  await using server = await startTestServer(contract);
  using raw = await openRaw(server.url);
  raw.send(...Array.from({ length: 500 }, () => '40{}'));
  await raw.closed;
  await eventually(() => expect(sizes()).toEqual({}));
  expect(raw.messages.filter((message) => message.startsWith('40')).length).toBeLessThan(2);
  expect(server.manager.getConnectionCount()).toBe(0);
});

it('1,000 closes during a slow authentication leave every map empty', async () => {
  const { authenticate, finishAll } = slowAuthenticate();
  const sizes = watchSocketIo();
  const broker = createCountingBroker();
  // Room for two batches: places that are never given back would soon be missed.
  await using server = await startTestServer(contract, {
    ...{ authenticate, broker, maxConnections: 200 },
  });
  for (let batch = 0; batch < 10; batch += 1) {
    const connections = await Promise.all(Array.from({ length: 100 }, () => openRaw(server.url)));
    for (const connection of connections) connection.send('40{"token":"alice"}');
    const asked = (batch + 1) * 100;
    await eventually(() => expect(authenticate).toHaveBeenCalledTimes(asked));
    expect(sizes()['/ _preConnectSockets']).toBeGreaterThanOrEqual(100);
    for (const connection of connections) connection.terminate();
    // Some find their answer while the connection is going, some after it is gone.
    if (batch % 2 === 0) finishAll();
    await eventually(() => expect(sizes()).toEqual({}));
  }
  finishAll();
  await new Promise((resolve) => setImmediate(resolve));
  expect(sizes()).toEqual({});
  expect(server.manager.getConnectionCount()).toBe(0);
  expect(server.manager.getActiveRooms()).toEqual([]);
  expect(broker.subscriptions).toBe(0);
  expect(server.errors).toEqual([]);
});

it('tells an authentication that its client is gone', async () => {
  const aborted = vi.fn();
  await using server = await startTestServer(contract, {
    authenticate: (_, { signal }) =>
      new Promise(() => signal.addEventListener('abort', () => aborted())),
  });
  using raw = await openRaw(server.url);
  raw.send('40{"token":"alice"}');
  raw.terminate();
  await eventually(() => expect(aborted).toHaveBeenCalledOnce());
});

it('200 closes during a slow authorisation leave every map empty', async () => {
  const finish: (() => void)[] = [];
  const sizes = watchSocketIo();
  const broker = createCountingBroker();
  await using server = await startTestServer(contract, {
    ...{ broker },
    authorise: (_, rooms) =>
      new Promise((resolve) => finish.push(() => resolve(rooms.map(() => true)))),
  });
  const auth = { token: await server.tokenFor('alice') };
  const connections = await Promise.all(
    Array.from({ length: 200 }, () => connectPlain(server.url, { auth })),
  );
  for (const { socket } of connections) socket.emit('join-team', '1').emit('join-event', '1');
  await eventually(() => expect(finish).toHaveLength(200));
  for (const { socket } of connections) socket.disconnect();
  await eventually(() => expect(sizes()).toEqual({}));
  for (const resolve of finish) resolve();
  await eventually(() => expect(broker.subscriptions).toBe(0));
  expect(sizes()).toEqual({});
  expect(server.manager.getActiveRooms()).toEqual([]);
});

it('1,000 joins and leaves of one room leave nothing followed', async () => {
  const broker = createCountingBroker();
  await using server = await startTestServer(contract, { broker });
  const clients = await Promise.all(Array.from({ length: 5 }, () => connectPlain(server.url)));
  await Promise.all(
    clients.flatMap((client) =>
      Array.from({ length: 100 }, async () => {
        await Promise.all([client.ask('join-event', '1'), client.ask('leave-event', '1')]);
      }),
    ),
  );
  expect(server.manager.getActiveRooms()).toEqual([]);
  await eventually(() => expect(broker.subscriptions).toBe(0));
  for (const { socket } of clients) socket.disconnect();
});

it('requests that wait are bounded, and the rest of the server notices nothing', async () => {
  let finish = () => {};
  await using server = await startTestServer(contract, {
    authorise: (_, rooms) =>
      new Promise((resolve) => {
        finish = () => resolve(rooms.map(() => true));
      }),
  });
  const auth = { token: await server.tokenFor('alice') };
  using flood = await connectPlain(server.url, { auth });
  using witness = await connectPlain(server.url);
  const answers = Array.from({ length: 300 }, (_, index) =>
    flood.ask(index === 0 ? 'join-team' : 'join-event', '1'),
  );
  const last = (await answers.at(-1)) as { error: { code: string } };
  expect(last.error.code).toBe('LIMIT_EXCEEDED');
  expect(await witness.ask('ping')).toMatchObject({ ok: true });
  finish();
  const settled = (await Promise.all(answers)) as { ok: boolean }[];
  expect(settled.filter(({ ok }) => ok)).toHaveLength(256);
});
