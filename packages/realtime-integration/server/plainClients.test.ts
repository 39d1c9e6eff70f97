import {
  startTestServer,
  testEventRoomJoin,
  testWebSocketConnection,
} from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

const contract = clubContract;
const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a stock client', () => {
  it('joins an event, hears so twice, and receives its events by name', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    expect(await client.ask('join-event', '42')).toEqual({
      ok: true,
      value: {
        ...{ room: 'event-42', kind: 'event', eventId: '42' },
        position: { epoch: expect.any(String), offset: 0, revision: 0 },
      },
    });
    expect(client.received('room-joined')).toEqual([
      { room: 'event-42', kind: 'event', eventId: '42' },
    ]);
    await server.manager.broadcastToEvent('42', 'said', { text: 'hello' });
    await eventually(() => expect(client.received('said')).toEqual([{ text: 'hello' }]));
  });

  it('may join without asking for an answer, or with something else in its place', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    client.socket.emit('join-event', '1');
    client.socket.emit('join-event', '2', 'no function', { ack: 1 });
    client.socket.emit('say');
    await client.ask('ping');
    expect([...server.manager.getActiveRooms()].sort()).toEqual(['event-1', 'event-2']);
  });

  it('hands an action nothing but what it sends', async () => {
    const inputs: unknown[] = [];
    await using server = await startTestServer(contract, {
      actions: { echo: (input) => inputs.push(input) },
    });
    using client = await connectPlain(server.url, {
      auth: { token: await server.tokenFor('alice') },
    });
    await client.ask('echo');
    await client.ask('echo', 'first', 'second');
    expect(inputs).toEqual([undefined, 'first']);
  });

  it('leaves an event and hears nothing more of it', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    await client.ask('join-event', '42');
    expect(await client.ask('leave-event', '42')).toEqual({ ok: true, value: null });
    expect(await client.ask('leave-event', '42')).toEqual({ ok: true, value: null });
    await server.manager.broadcastToEvent('42', 'said', { text: 'hello' });
    await client.ask('ping');
    expect(client.received('said')).toEqual([]);
    expect(server.manager.getActiveRooms()).toEqual([]);
  });

  it('is where its last request put it, however fast it joins and leaves', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const { socket } = client;
    for (let round = 0; round < 20; round += 1)
      socket.emit('join-event', '1').emit('leave-event', '1');
    for (let round = 0; round < 20; round += 1)
      socket.emit('leave-event', '2').emit('join-event', '2');
    await client.ask('ping');
    expect(server.manager.getActiveRooms()).toEqual(['event-2']);
  });

  it('is answered with an error when what it wants to join is no event', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const wrong = [{}, { eventId: 7 }, [], ['42'], null, 7, true, '', 'x'.repeat(10_000), '\ud800'];
    for (const target of wrong) {
      expect(await client.ask('join-event', target)).toEqual(failure('INVALID_ROOM'));
      expect(await client.ask('leave-event', target)).toEqual(failure('INVALID_ROOM'));
    }
    expect(await client.ask('join-event')).toEqual(failure('INVALID_ROOM'));
    expect(server.manager.getActiveRooms()).toEqual([]);
    expect(server.errors).toEqual([]);
  });

  it('may use any text as an id, which is always escaped and never anything else', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const ids = { '../': '..%2F', '\0': '%00', __proto__: '__proto__', 'user-alice': 'user-alice' };
    for (const [id, escaped] of [...Object.entries(ids), ['__proto__', '__proto__'] as const]) {
      expect(await client.ask('join-event', id)).toMatchObject({
        ok: true,
        value: { room: `event-${escaped}`, eventId: id },
      });
    }
    expect(({} as Record<string, unknown>).eventId).toBeUndefined();
  });

  it.each([
    'join-nothing',
    '__proto__',
    'constructor',
    'toString',
    'roomcast:join',
    'x'.repeat(9_999),
  ])('is answered with an error when it sends %j', async (name) => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    expect(await client.ask(name, '42')).toEqual(failure('UNKNOWN_EVENT'));
  });

  it('is answered with a pong', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const before = Date.now();
    const answer = (await client.ask('ping')) as { value: { timestamp: number } };
    expect(answer.value.timestamp).toBeGreaterThanOrEqual(before);
    expect(client.received('pong')).toEqual([answer.value]);
  });

  it('is a user from the beginning with a token, and is told its rooms', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url, {
      auth: { token: await server.tokenFor('alice') },
    });
    await eventually(() => expect(client.received('room-joined')).toHaveLength(2));
    await server.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await server.manager.broadcastGlobal('announced', { text: 'all' });
    await eventually(() => expect(client.received('announced')).toEqual([{ text: 'all' }]));
    expect(client.received('whispered')).toEqual([{ text: 'psst' }]);
  });
});

describe('authenticate', () => {
  it('makes a user of a guest, who is then in the user’s rooms', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    expect(await client.ask('join-global')).toEqual(failure('UNAUTHENTICATED'));
    expect(await client.ask('authenticate', await server.tokenFor('alice'))).toEqual({
      ok: true,
      value: { userId: 'alice' },
    });
    expect(client.received('room-joined')).toEqual([
      { room: 'user-alice', kind: 'user', userId: 'alice' },
      { room: 'global', kind: 'global' },
    ]);
    await server.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await eventually(() => expect(client.received('whispered')).toEqual([{ text: 'psst' }]));
  });

  it('leaves a connection to the user it belongs to', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    await client.ask('authenticate', await server.tokenFor('alice'));
    expect(await client.ask('authenticate', await server.tokenFor('bob'))).toEqual(
      failure('FORBIDDEN'),
    );
    expect(await client.ask('join-user', 'bob')).toEqual(failure('FORBIDDEN'));
    expect(await client.ask('join-user', 'alice')).toMatchObject({ ok: true });
  });

  it('sent twice at once is done one after the other: the first user it is', async () => {
    await using server = await startTestServer(contract);
    using client = await connectPlain(server.url);
    const tokens = await Promise.all(['alice', 'bob', 'alice'].map((id) => server.tokenFor(id)));
    const answers = await Promise.all(tokens.map((token) => client.ask('authenticate', token)));
    expect(answers).toMatchObject([
      { ok: true, value: { userId: 'alice' } },
      failure('FORBIDDEN'),
      { ok: true, value: { userId: 'alice' } },
    ]);
    expect([...server.manager.getActiveRooms()].sort()).toEqual(['global', 'user-alice']);
  });

  it.each([undefined, null, '', 7, {}, 'forged', { token: 'x' }])(
    'with %j is refused, and the guest stays one',
    async (token) => {
      await using server = await startTestServer(contract);
      using client = await connectPlain(server.url);
      expect(await client.ask('authenticate', token)).toEqual(failure('AUTHENTICATION_FAILED'));
      expect(await client.ask('join-global')).toEqual(failure('UNAUTHENTICATED'));
    },
  );

  it('that is answered after the client has gone leaves nothing behind', async () => {
    let finish = () => {};
    const authenticate = vi.fn(
      () =>
        new Promise<{ id: string; expiresAtMs: number }>((resolve) => {
          finish = () => resolve({ id: 'alice', expiresAtMs: Date.now() + 3_600_000 });
        }),
    );
    await using server = await startTestServer(contract, { authenticate });
    const client = await connectPlain(server.url);
    client.socket.emit('authenticate', 'token');
    await eventually(() => expect(authenticate).toHaveBeenCalledOnce());
    client.socket.disconnect();
    await eventually(() => expect(server.manager.getConnectionCount()).toBe(0));
    const setTimeout = vi.spyOn(globalThis, 'setTimeout');
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(setTimeout).not.toHaveBeenCalled();
    expect(server.manager.getActiveRooms()).toEqual([]);
  });

  it('is no request of our own client, which says who it is in the handshake', async () => {
    await using server = await startTestServer(contract);
    using framed = await openRaw(server.url);
    const { fingerprint } = contract;
    const roomcast = { protocol: 1, contract: '2.3', fingerprint };
    framed.send(`40${JSON.stringify({ roomcast })}`);
    await framed.next('4W');
    framed.send(`420["authenticate","${await server.tokenFor('alice')}"]`);
    const [answer] = JSON.parse((await framed.next('430')).slice(3));
    expect(answer).toEqual(failure('UNKNOWN_EVENT'));
  });
});

describe('the helpers of the test kit', () => {
  it('join an event as a stock client does', async () => {
    await using server = await startTestServer(contract);
    expect(await testEventRoomJoin(server, '42')).toMatchObject({ eventId: '42' });
    expect(await testEventRoomJoin(server, '42', { userId: 'alice' })).toMatchObject({
      room: 'event-42',
    });
    expect(await testWebSocketConnection(server, 'alice')).toBeGreaterThan(0);
  });
});
