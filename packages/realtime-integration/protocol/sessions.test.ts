import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from './framedConnection.ts';
import { openRaw } from './rawConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const revoked = { error: { code: 'TOKEN_REVOKED', message: expect.any(String) } };

describe('a client that is back names the session it had', () => {
  it.each([
    ['a user', tokenOf('alice')],
    ['a guest', null],
  ])('and the old connection of %s is gone at once, its TCP socket too', async (_, token) => {
    const http = createServer();
    const countSockets = promisify(http.getConnections.bind(http));
    await using board = await startBoard({ server: http });
    using old = await connectFramed(board.url, { token, rooms: [{ room }] });
    // As behind a network that has died: it would never answer a goodbye.
    old.raw.pause();
    const startedAtMs = performance.now();
    const { session } = old.welcome;
    using back = await connectFramed(board.url, { token, session, rooms: [{ room }] });
    expect(back.welcome.session).not.toBe(session);
    expect(board.manager.getConnectionCount()).toBe(1);
    await eventually(async () => expect(await countSockets()).toBe(1));
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
    old.raw.resume();
    await old.raw.closed;
    expect(old.frames('C')).toEqual([]);
    await board.say('one');
    await back.received(room, 1);
    http.close();
  });

  it.each<[string, string | null, string | null]>([
    ['another user’s', tokenOf('alice'), tokenOf('bob')],
    ['a user’s, told by a guest,', tokenOf('alice'), null],
    ['a guest’s, told by a user,', null, tokenOf('alice')],
  ])('and %s has no effect', async (_, owner, teller) => {
    await using board = await startBoard();
    using other = await connectFramed(board.url, { token: owner });
    const { session } = other.welcome;
    using _back = await connectFramed(board.url, { token: teller, session });
    await other.settle();
    expect(board.manager.getConnectionCount()).toBe(2);
  });

  it.each(['', 'x'.repeat(64), 'kJ3vQ0m1cW8bYx2RtZ5oGA', '__proto__'])(
    'and %j, which is nobody’s, has no effect',
    async (session) => {
      await using board = await startBoard();
      using other = await connectFramed(board.url);
      using _back = await connectFramed(board.url, { session });
      await other.settle();
      expect(board.manager.getConnectionCount()).toBe(2);
    },
  );

  it('and the id of a Socket.IO session, which is no secret, has no effect', async () => {
    await using board = await startBoard();
    using other = await connectFramed(board.url);
    const { sid } = JSON.parse((await other.raw.next('40')).slice(2));
    const engine = JSON.parse(other.raw.messages[0]!.slice(1));
    for (const session of [sid, engine.sid]) {
      using _back = await connectFramed(board.url, { session });
    }
    await other.settle();
  });
});

describe('a user who is revoked', () => {
  it('is out of every room at once, is told why, and the connection ends', async () => {
    await using board = await startBoard();
    const { manager } = board;
    using phone = await connectFramed(board.url, { token: tokenOf('alice'), rooms: [{ room }] });
    using laptop = await connectFramed(board.url, { token: tokenOf('alice') });
    using bob = await connectFramed(board.url, { token: tokenOf('bob'), rooms: [{ room }] });
    await board.say('before');
    manager.sessions.revokeUser('alice');
    expect(manager.getActiveRooms()).not.toContain('user-alice');
    await board.say('after');
    await Promise.all([phone.raw.closed, laptop.raw.closed]);
    expect([phone.frames('C'), laptop.frames('C')]).toEqual([[revoked], [revoked]]);
    expect(phone.publications(room).map(([, , , , payload]) => payload)).toEqual([
      { text: 'before' },
    ]);
    await bob.received(room, 2);
    await eventually(() => expect(manager.getConnectionCount()).toBe(1));
  });

  it('is refused with the tokens of before, and admitted with those of after', async () => {
    await using board = await startBoard();
    const { clock } = board;
    board.manager.sessions.revokeUser('alice');
    const before = tokenOf('alice', { issuedAtMs: clock.now() });
    await expect(connectFramed(board.url, { token: before })).rejects.toMatchObject({
      data: { code: 'TOKEN_REVOKED' },
    });
    clock.advance(1_000);
    const after = tokenOf('alice', { issuedAtMs: clock.now() });
    using back = await connectFramed(board.url, { token: after });
    expect(await back.ask('roomcast:authenticate', before)).toMatchObject({
      error: { code: 'TOKEN_REVOKED' },
    });
    await back.settle();
  });

  it('is revoked while its rooms are asked for, and is in none', async () => {
    let finish = () => {};
    await using board = await startBoard({
      authorise: (_, asked) =>
        new Promise((resolve) => {
          finish = () => resolve(asked.map(() => true));
        }),
    });
    using framed = await connectFramed(board.url, { token: tokenOf('alice') });
    void framed.join({ room: 'team-1' }).catch(() => {});
    // An answer behind the request: it has begun.
    await framed.ask('dance');
    board.manager.sessions.revokeUser('alice');
    finish();
    await framed.raw.closed;
    expect(framed.frames('C')).toEqual([revoked]);
    expect(board.manager.getActiveRooms()).toEqual([]);
  });
});

describe('a token that is revoked', () => {
  it('ends the sessions that came with it and no others, and is refused', async () => {
    await using board = await startBoard();
    const stolen = tokenOf('alice', { tokenId: 'stolen' });
    const own = tokenOf('alice', { tokenId: 'own' });
    using thief = await connectFramed(board.url, { token: stolen });
    using alice = await connectFramed(board.url, { token: own });
    board.manager.sessions.revokeToken('stolen');
    await thief.raw.closed;
    expect(thief.frames('C')).toEqual([revoked]);
    await alice.settle();
    await expect(connectFramed(board.url, { token: stolen })).rejects.toMatchObject({
      data: { code: 'TOKEN_REVOKED' },
    });
    expect(await alice.ask('roomcast:authenticate', stolen)).toMatchObject({
      error: { code: 'TOKEN_REVOKED' },
    });
  });
});

describe('a membership that the server ends', () => {
  it('is told in an `R` frame, and nothing of the room comes after it', async () => {
    await using board = await startBoard();
    using alice = await connectFramed(board.url, { token: tokenOf('alice'), rooms: [{ room }] });
    using bob = await connectFramed(board.url, { token: tokenOf('bob'), rooms: [{ room }] });
    await board.say('before');
    board.manager.rooms.evict(['event', { eventId: '1' }], 'alice');
    await board.say('after');
    await bob.received(room, 2);
    await alice.settle();
    const error = { code: 'FORBIDDEN', message: expect.any(String) };
    expect(alice.frames('R')).toEqual([{ result: { room, status: 'refused', error } }]);
    expect(alice.publications(room)).toHaveLength(1);
    expect(bob.frames('R')).toEqual([]);
    // It may ask again: it is `authorise` that keeps somebody out.
    expect(await alice.join({ room })).toMatchObject([{ status: 'fresh' }]);
  });

  it('is not told of a room that the session is not in', async () => {
    await using board = await startBoard();
    using alice = await connectFramed(board.url, { token: tokenOf('alice') });
    board.manager.rooms.evict(['event', { eventId: '1' }], 'alice');
    await alice.settle();
    expect(alice.frames('R')).toEqual([]);
  });

  it('may be that of a room whose replay is on its way', async () => {
    await using board = await startBoard({ log: { history: { maxPublications: 2_000 } } });
    const position = await board.position();
    for (let count = 1; count <= 400; count += 1) await board.say(`${count}`);
    using alice = await connectFramed(board.url, {
      ...{ token: tokenOf('alice'), rooms: [{ room, position }] },
    });
    board.manager.rooms.evict(['event', { eventId: '1' }], 'alice');
    await alice.settle();
    await board.say('401');
    await alice.settle();
    const frames = alice.raw.messages.filter((message) => /^4[PR]/.test(message));
    expect(frames.at(-1)).toMatch(/^4R/);
  });
});

it('a session that a connection has not got yet cannot be ended by its CONNECT', async () => {
  await using board = await startBoard();
  using old = await connectFramed(board.url);
  using raw = await openRaw(board.url);
  const roomcast = { protocol: 1, contract: '9.0', fingerprint: '0'.repeat(16) };
  raw.send(`40${JSON.stringify({ roomcast: { ...roomcast, session: old.welcome.session } })}`);
  await raw.closed;
  await old.settle();
});
