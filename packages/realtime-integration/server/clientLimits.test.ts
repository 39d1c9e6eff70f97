import { once } from 'node:events';
import { connect } from 'node:net';
import { defineContract } from '@roomcast/realtime-contract';
import type { LimitOptions } from '@roomcast/realtime-server';
import { startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { createManualClock } from '../protocol/manualClock.ts';
import { connectByHand } from '../protocol/plainConnection.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { type SocketIoByHand, speakSocketIo } from '../protocol/socketIoByHand.ts';
import { type BoardOptions, startBoard, tokenOf } from '../protocol/startBoard.ts';
import { openPlain } from './plainClient.ts';
import { watchSocketIo } from './socketIoServer.ts';

/** A board behind a proxy on this machine, so that a test may come from any address. */
const startLimited = (limits: LimitOptions, options: BoardOptions = {}) =>
  startBoard({
    limits: { unlimitedAddresses: [], trustedProxies: ['loopback'], ...limits },
    ...options,
  });

/** Sends a CONNECT from an address and resolves with its answer, parsed. */
async function connectFrom(url: string, address: string, auth: unknown = {}) {
  const raw = await openRaw(url, { headers: { 'x-forwarded-for': address } });
  const spoken = speakSocketIo(raw);
  const answer = await spoken.connect(auth);
  return { raw, ...spoken, isIn: answer.startsWith('40'), body: JSON.parse(answer.slice(2)) };
}

const handshake = (url: string, address?: string) =>
  fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
    headers: address ? { 'x-forwarded-for': address } : {},
  });

const refused = (code: string) => ({
  ok: false,
  error: { code, message: expect.any(String), retryAfterMs: expect.any(Number) },
});

describe('connections of one address', () => {
  it('are as many as allowed, however many ask at once; others get in', async () => {
    await using board = await startLimited({ maxConnectionsPerAddress: 7 });
    const answers = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const address = index % 4 === 0 ? '192.0.2.2' : '192.0.2.1';
        const result = await connectFrom(board.url, address).catch(() => null);
        return { address, result };
      }),
    );
    const admitted = answers.filter(({ result }) => result?.isIn);
    expect(admitted.filter(({ address }) => address === '192.0.2.1')).toHaveLength(7);
    expect(admitted.filter(({ address }) => address === '192.0.2.2')).toHaveLength(7);
    expect(board.manager.getConnectionCount()).toBe(14);
    const other = await connectFrom(board.url, '192.0.2.3');
    expect(other.isIn).toBe(true);
  });

  it('are refused with a code and a time, and there is room again when one has gone', async () => {
    await using board = await startLimited({ maxConnectionsPerAddress: 1 });
    const first = await connectFrom(board.url, '192.0.2.1');
    const second = await connectFrom(board.url, '192.0.2.1');
    expect(second.body.data).toEqual({
      ...{ code: 'CONNECTION_LIMIT', message: expect.any(String) },
      retryAfterMs: expect.any(Number),
    });
    await second.raw.closed;
    first.raw.terminate();
    await eventually(async () => {
      expect((await connectFrom(board.url, '192.0.2.1')).isIn).toBe(true);
    });
  });

  it('are those of a whole /64 network of IPv6', async () => {
    await using board = await startLimited({ maxConnectionsPerAddress: 1 });
    expect((await connectFrom(board.url, '2001:db8:1:2::1')).isIn).toBe(true);
    expect((await connectFrom(board.url, '2001:db8:1:2:ffff::9')).isIn).toBe(false);
    expect((await connectFrom(board.url, '2001:db8:1:3::1')).isIn).toBe(true);
  });

  it('are those of the socket where nobody is trusted, whatever a header says; which is logged once', async () => {
    const warn = vi.fn();
    const logger = { debug() {}, info() {}, warn, error() {} };
    const limits = { trustedProxies: [], maxConnectionsPerAddress: 1 };
    await using board = await startLimited(limits, { logger });
    expect((await connectFrom(board.url, '192.0.2.1')).isIn).toBe(true);
    expect((await connectFrom(board.url, '192.0.2.2')).isIn).toBe(false);
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      { address: '127.0.0.1' },
      expect.stringContaining('limits.trustedProxies'),
    );
  });
});

describe('connections of one user', () => {
  it('are as many as allowed, however many ask at once and from wherever', async () => {
    await using board = await startLimited({ maxConnectionsPerUser: 3 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        connectFrom(board.url, `192.0.2.${index}`, { token: tokenOf('alice') }),
      ),
    );
    expect(answers.filter(({ isIn }) => isIn)).toHaveLength(3);
    expect(answers.find(({ isIn }) => !isIn)?.body.data).toMatchObject({
      ...{ code: 'CONNECTION_LIMIT', retryAfterMs: expect.any(Number) },
    });
    expect((await connectFrom(board.url, '192.0.2.1', { token: tokenOf('bob') })).isIn).toBe(true);
    answers.find(({ isIn }) => isIn)?.raw.terminate();
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(3));
    const next = await connectFrom(board.url, '192.0.2.1', { token: tokenOf('alice') });
    expect(next.isIn).toBe(true);
  });

  it('include guests who become that user', async () => {
    await using board = await startLimited({ maxConnectionsPerUser: 1 });
    const [first, second] = [
      await connectFrom(board.url, '192.0.2.1'),
      await connectFrom(board.url, '192.0.2.1'),
    ];
    expect(await first.ask('authenticate', tokenOf('alice'))).toMatchObject({ ok: true });
    expect(await second.ask('authenticate', tokenOf('alice'))).toEqual(refused('CONNECTION_LIMIT'));
    expect(await second.ask('ping')).toMatchObject({ ok: true });
  });
});

describe('handshakes of one address', () => {
  it('that come too often are refused with a code and a time, and far more are turned away', async () => {
    await using board = await startLimited({ handshakesPerSecond: 0.5 });
    const answers = [];
    for (let count = 0; count < 10; count += 1) {
      answers.push(await connectFrom(board.url, '192.0.2.1'));
    }
    expect(answers.map(({ isIn }) => isIn)).toEqual([
      ...Array(5).fill(true),
      ...Array(5).fill(false),
    ]);
    const { data } = answers.at(-1)?.body ?? {};
    expect(data).toEqual({
      ...{ code: 'RATE_LIMITED', message: expect.any(String), retryAfterMs: expect.any(Number) },
    });
    expect(data.retryAfterMs).toBeLessThanOrEqual(20_000);
    const response = await handshake(board.url, '192.0.2.1');
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: 'RATE_LIMITED' });
    await expect(connectFrom(board.url, '192.0.2.1')).rejects.toThrow('429');
    expect((await connectFrom(board.url, '192.0.2.2')).isIn).toBe(true);
  });

  it('are counted for all nodes by a counter that they share, and by each while it fails', async () => {
    const counts = new Map<string, number>();
    let isUp = true;
    const rateCounter = {
      async add(key: string, amount: number) {
        if (!isUp) throw new Error('away');
        counts.set(key, (counts.get(key) ?? 0) + amount);
        return { spent: counts.get(key) ?? 0, endsInMs: 1_000 };
      },
    };
    const limits = { handshakesPerSecond: 0.2, rateCounter };
    await using one = await startLimited(limits);
    await using two = await startLimited(limits);
    for (const { url } of [one, two]) expect((await connectFrom(url, '192.0.2.1')).isIn).toBe(true);
    for (const { url } of [one, two]) {
      expect((await connectFrom(url, '192.0.2.1')).body.data.code).toBe('RATE_LIMITED');
    }
    isUp = false;
    expect((await connectFrom(one.url, '192.0.2.1')).isIn).toBe(true);
    expect((await connectFrom(one.url, '192.0.2.1')).isIn).toBe(true);
    expect((await connectFrom(one.url, '192.0.2.1')).isIn).toBe(false);
    expect(one.server.errors).toMatchObject([{ source: 'rate counter' }]);
  });
});

describe('a client that sends too much', () => {
  const limits = { messagesPerSecond: 10, burstSeconds: 2 };
  const actions = { look: () => 'looked' };

  it('is refused with a code and a time, and let through when it has waited', async () => {
    await using board = await startLimited(limits, { actions });
    const client = await connectFrom(board.url, '192.0.2.1');
    // What its CONNECT has cost is paid back.
    board.clock.advance(5_000);
    const answers = await Promise.all(Array.from({ length: 25 }, () => client.ask('look')));
    expect(answers.slice(0, 20).every(({ ok }) => ok)).toBe(true);
    expect(answers.slice(20)).toEqual(Array(5).fill(refused('RATE_LIMITED')));
    expect(answers.at(-1)?.error).toMatchObject({ retryAfterMs: 500 });
    board.clock.advance(600);
    expect(await client.ask('look')).toMatchObject({ ok: true });
  });

  it('cannot do so on a connection that began with polling either', async () => {
    await using board = await startLimited(limits, { actions });
    using plain = openPlain(board.url, {
      transports: ['polling', 'websocket'],
      extraHeaders: { 'x-forwarded-for': '192.0.2.1' },
    });
    const { engine } = plain.socket.io;
    await new Promise((resolve) => engine.once('upgrade', resolve));
    expect(engine.transport.name).toBe('websocket');
    await eventually(() => expect(plain.socket.connected).toBe(true));
    board.clock.advance(5_000);
    const answers = await Promise.all(Array.from({ length: 25 }, () => plain.ask('look', null)));
    expect(answers.slice(0, 20)).toEqual(Array(20).fill(expect.objectContaining({ ok: true })));
    expect(answers.slice(20)).toEqual(Array(5).fill(refused('RATE_LIMITED')));
  });

  it('and goes on is told why and for how long, and cut off; nobody else notices', async () => {
    await using board = await startLimited(limits, { actions });
    using other = await connectFramed(board.url, { token: tokenOf('bob') });
    const raw = await openRaw(board.url, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    raw.send('40{"roomcast":{"protocol":1,"contract":"2.3","fingerprint":"0123456789abcdef"}}');
    await raw.next('4W');
    board.clock.advance(5_000);
    raw.send(...Array(200).fill('42["look"]'));
    await raw.closed;
    const [frame = ''] = raw.messages.filter((message) => message.startsWith('4C'));
    expect(JSON.parse(frame.slice(2))).toMatchObject({
      error: { code: 'RATE_LIMITED' },
      retryAfterMs: expect.any(Number),
    });
    expect(await other.ask('look')).toMatchObject({ ok: true });
    expect(board.manager.getConnectionCount()).toBe(1);
  });

  it.each([
    ['engine packets that do nothing', '6'],
    ['pongs', '3'],
    ['acknowledgements of nothing', '431[]'],
    ['CONNECTs of namespaces that nobody serves', '40/nowhere,'],
    ['large messages', `42["look","${'x'.repeat(60_000)}"]`],
  ])('is cut off whatever it is: %s', async (_, message) => {
    await using board = await startLimited({ ...limits, bytesPerSecond: 50_000 }, { actions });
    const client = await connectFrom(board.url, '192.0.2.1');
    board.clock.advance(5_000);
    client.raw.send(...Array(100).fill(message));
    await client.raw.closed;
    expect(board.manager.getConnectionCount()).toBe(0);
  });

  it('is cut off before it has said who it is, too', async () => {
    await using board = await startLimited(limits);
    const raw = await openRaw(board.url, { headers: { 'x-forwarded-for': '192.0.2.1' } });
    raw.send(...Array(100).fill('3'));
    await raw.closed;
  });

  it('is cut off though it reads nothing of what it is told', async () => {
    await using board = await startLimited(limits, { actions });
    const client = await connectFrom(board.url, '192.0.2.1');
    board.clock.advance(5_000);
    client.raw.pause();
    client.raw.send(...Array(200).fill('42["look"]'));
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
    client.raw.resume();
    await client.raw.closed;
  });

  it('is gone soon though it never says goodbye and goes on sending', async () => {
    await using board = await startLimited(limits, { actions });
    const socket = connect(Number(new URL(board.url).port), '127.0.0.1');
    socket.on('error', () => {}).resume();
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write(
      [
        ...['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', 'Host: x', 'Upgrade: websocket'],
        ...['Connection: Upgrade', 'Sec-WebSocket-Version: 13'],
        ...['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', 'X-Forwarded-For: 192.0.2.1', '', ''],
      ].join('\r\n'),
    );
    await once(socket, 'data');
    // A text frame of a client, masked with zeros.
    const frame = (text: string) =>
      Buffer.concat([Buffer.from([0x81, 0x80 + text.length, 0, 0, 0, 0]), Buffer.from(text)]);
    socket.write(frame('40'));
    const flood = setInterval(() => socket.write(frame('42["look"]')), 1);
    await closed;
    clearInterval(flood);
    expect(board.manager.getConnectionCount()).toBe(0);
  });

  it('pays for a CONNECT what it costs', async () => {
    await using board = await startLimited(limits, { actions });
    const client = await connectFrom(board.url, '192.0.2.1');
    board.clock.advance(5_000);
    client.raw.send('40/nowhere,');
    await client.raw.next('44/nowhere,');
    expect(await client.ask('look')).toEqual(refused('RATE_LIMITED'));
  });

  it('pays more for what costs more', async () => {
    await using board = await startLimited({ ...limits, costs: { look: 9 } }, { actions });
    const client = await connectFrom(board.url, '192.0.2.1');
    board.clock.advance(5_000);
    const answers = await Promise.all(Array.from({ length: 3 }, () => client.ask('look')));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  it('cannot do so on several connections of one user, nor on a new one', async () => {
    await using board = await startLimited(
      { messagesPerSecondOfUser: 10, burstSeconds: 2 },
      { actions },
    );
    const connect = () => connectFrom(board.url, '192.0.2.1', { token: tokenOf('alice') });
    const [one, two] = [await connect(), await connect()];
    const ask = (client: SocketIoByHand, count: number) =>
      Promise.all(Array.from({ length: count }, () => client.ask('look')));
    expect((await ask(one, 10)).every(({ ok }) => ok)).toBe(true);
    expect((await ask(two, 10)).every(({ ok }) => ok)).toBe(true);
    expect((await ask(one, 1))[0]).toEqual(refused('RATE_LIMITED'));
    const three = await connect();
    expect((await ask(three, 1))[0]).toEqual(refused('RATE_LIMITED'));
  });
});

describe('a connection that is nobody’s', () => {
  const contract = defineContract({
    version: '1.0',
    rooms: { event: { template: 'event-{eventId}', access: 'public' } },
    events: {
      said: { room: 'event', payload: z.string(), delivery: 'reliable', example: 'hello' },
    },
    actions: {},
  });

  it('is ended in time where it says nothing', async () => {
    await using board = await startLimited({});
    const raw = await openRaw(board.url);
    board.clock.advance(4_400);
    expect(raw.isOpen).toBe(true);
    board.clock.advance(400);
    await raw.closed;
  });

  it('is ended in time where it polls no more, and there are only so many of one address', async () => {
    const sizes = watchSocketIo();
    await using board = await startLimited({ maxConnectionsPerAddress: 5 });
    const statuses = [];
    for (let count = 0; count < 8; count += 1) {
      statuses.push((await handshake(board.url, '192.0.2.1')).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429, 429]);
    expect((await handshake(board.url, '192.0.2.2')).status).toBe(200);
    board.clock.advance(4_800);
    await eventually(() => expect(sizes()).toEqual({}));
    expect((await handshake(board.url, '192.0.2.1')).status).toBe(200);
  });

  it('is ended in time as a guest in no room, with a word; one in a room stays', async () => {
    const clock = createManualClock();
    await using server = await startTestServer(contract, { clock });
    using idle = await connectFramed(server.url, { contract: '1.0' });
    using member = await connectFramed(server.url, {
      ...{ contract: '1.0', rooms: [{ room: 'event-1' }] },
    });
    clock.advance(4_800);
    await idle.raw.closed;
    expect(idle.frames('C')).toMatchObject([{ error: { code: 'AUTHENTICATION_TIMEOUT' } }]);
    await member.settle();
    expect(member.raw.isOpen).toBe(true);
  });

  it('may have a user, or an action that is for guests', async () => {
    await using board = await startLimited({});
    using guest = await connectByHand(board.url);
    using user = await connectByHand(board.url, { token: tokenOf('alice') });
    board.clock.advance(10_000);
    for (const client of [guest, user])
      expect(await client.ask('ping')).toMatchObject({ ok: true });
  });
});

it('data that is nested too deep, or has too much in it, reaches no handler', async () => {
  const look = vi.fn(() => 'looked');
  await using board = await startBoard({ actions: { look } });
  using client = await connectByHand(board.url);
  const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
  const failure = { ok: false, error: { code: 'INVALID_PAYLOAD', message: expect.any(String) } };
  // So deep that `JSON.stringify` could not write it.
  client.raw.send(`4299["look",${'['.repeat(20_000)}${']'.repeat(20_000)}]`);
  expect(JSON.parse((await client.raw.next('4399')).slice(4))).toEqual([failure]);
  expect(await client.ask('look', nested(33))).toEqual(failure);
  expect(await client.ask('look', Array(10_001).fill(0))).toEqual(failure);
  expect(look).not.toHaveBeenCalled();
  expect(await client.ask('look', nested(32))).toMatchObject({ ok: true });
  expect(await client.ask('look', Array(10_000).fill(0))).toMatchObject({ ok: true });
});
