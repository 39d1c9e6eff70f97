import { describe, expect, it } from 'vitest';
import { connectFramed } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import { openRaw } from './rawConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const rooms = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ room: `event-${from + index}` }));

it('the greeting tells how long a message may be', async () => {
  await using board = await startBoard();
  using raw = await openRaw(board.url);
  expect(JSON.parse(raw.messages[0]!.slice(1))).toEqual({
    ...{ sid: expect.any(String), upgrades: [], maxPayload: 65_536 },
    ...{ pingInterval: 25_000, pingTimeout: 60_000 },
  });
});

it.each([
  [65_536, true],
  [65_537, false],
])('a message of %i bytes is taken: %s', async (bytes, isTaken) => {
  await using board = await startBoard({ actions: { look: (input) => String(input).length } });
  using raw = await openRaw(board.url);
  raw.send('40{}');
  await raw.next('40');
  const [start, end] = ['420["look","', '"]'];
  raw.send(`${start}${'x'.repeat(bytes - start.length - end.length)}${end}`);
  if (isTaken) await raw.next('430');
  else await raw.closed;
});

describe('a session', () => {
  it('is in 130 rooms at most, and is refused more one by one', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { rooms: rooms(1, 128) });
    expect(framed.welcome.rooms.every(({ status }) => status === 'fresh')).toBe(true);
    // One that it is in already is not one more.
    const results = await framed.join({ room }, ...rooms(129, 3));
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      ...['fresh', 'fresh', 'fresh', 'LIMIT_EXCEEDED'],
    ]);
    await framed.ask('roomcast:leave', ['event-5']);
    expect(await framed.join({ room: 'event-131' })).toMatchObject([{ status: 'fresh' }]);
  });

  it('counts its automatic rooms, in the plain dialect too', async () => {
    await using board = await startBoard({ maxRoomsPerSession: 3 });
    using plain = await connectByHand(board.url, { token: tokenOf('alice') });
    expect(await plain.ask('join-event', '1')).toMatchObject({ ok: true });
    expect(await plain.ask('join-event', '2')).toEqual(failure('LIMIT_EXCEEDED'));
    expect(await plain.ask('join-event', '1')).toMatchObject({ ok: true });
    using framed = await connectFramed(board.url, {
      ...{ token: tokenOf('alice'), rooms: rooms(1, 2) },
    });
    expect(framed.welcome.rooms.map(({ status }) => status).sort()).toEqual([
      ...['fresh', 'fresh', 'fresh', 'refused'],
    ]);
  });

  it('may ask for 128 rooms at once', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url);
    expect(await framed.join(...rooms(1, 128))).toHaveLength(128);
    expect(await framed.ask('roomcast:join', rooms(1, 129))).toEqual(failure('INVALID_HANDSHAKE'));
  });
});

it('a server takes as many connections as it has room for', async () => {
  await using board = await startBoard({ maxConnections: 2 });
  using one = await connectFramed(board.url);
  using _two = await connectByHand(board.url);
  const full = { data: { code: 'CONNECTION_LIMIT' } };
  await expect(connectFramed(board.url)).rejects.toMatchObject(full);
  await expect(connectByHand(board.url)).rejects.toMatchObject(full);
  one.raw.terminate();
  await expect.poll(() => board.manager.getConnectionCount(), { interval: 5 }).toBe(1);
  using _three = await connectFramed(board.url);
});

it('`authenticate` may take its time and no more', async () => {
  await using board = await startBoard({ authenticate: () => new Promise(() => {}) });
  using plain = await connectByHand(board.url);
  const answer = plain.ask('authenticate', 'x');
  await plain.ask('dance');
  board.clock.advance(5_000);
  expect(await answer).toEqual(failure('AUTHENTICATION_TIMEOUT'));
  expect(await plain.ask('ping')).toMatchObject({ ok: true });
});
