import { createMemoryBroker } from '@roomcast/realtime-broker';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed, type FramedConnection } from './framedConnection.ts';
import { handleBroker } from './handledBroker.ts';
import { type Board, type BoardOptions, room, startBoard, tokenOf } from './startBoard.ts';

const graceMs = 25_000;
const short = tokenOf('alice', { expiresInMs: 1_000 });
const long = tokenOf('alice', { expiresInMs: 60_000 });
const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const numbers = (framed: FramedConnection, of = room) =>
  framed.publications(of).map(([, , counter]) => counter);

/** Alice in `event-1`, a second after her token is over. */
async function startExpired(options: BoardOptions = {}) {
  const board = await startBoard(options);
  const framed = await connectFramed(board.url, { token: short, rooms: [{ room }] });
  await board.say('one');
  await framed.received(room, 1);
  board.clock.advance(1_000);
  await framed.raw.next('4T');
  return {
    ...{ board, framed },
    async [Symbol.asyncDispose]() {
      framed[Symbol.dispose]();
      await board[Symbol.asyncDispose]();
    },
  };
}

describe('from the end of its token on a session', () => {
  it('is told once, and gets nothing any more', async () => {
    await using expired = await startExpired();
    const { board, framed } = expired;
    expect(framed.frames('T')).toEqual([{ graceMs }]);
    await board.say('two');
    await board.price('A', 9);
    await board.type('alice');
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await framed.settle();
    expect(framed.raw.messages.at(-2)).toMatch(/^4T/);
    expect(framed.frames('T')).toHaveLength(1);
  });

  it('is refused everything but to leave and another token', async () => {
    const look = vi.fn(() => 'around');
    await using expired = await startExpired({ actions: { look } });
    const { framed } = expired;
    const since = await expired.board.position();
    const refused = failure('TOKEN_EXPIRED');
    expect(await framed.ask('look')).toEqual(refused);
    expect(await framed.ask('dance')).toEqual(refused);
    expect(await framed.ask('roomcast:join', [{ room: 'event-2' }])).toEqual(refused);
    expect(await framed.ask('roomcast:history', { room, since })).toEqual(refused);
    expect(look).not.toHaveBeenCalled();
    expect(await framed.ask('roomcast:leave', [room])).toEqual({ ok: true, value: null });
    expect(expired.board.manager.getActiveRooms()).not.toContain(room);
  });

  it('goes on from where it stood once another token has come', async () => {
    await using expired = await startExpired();
    const { board, framed } = expired;
    await board.say('two', 'three');
    await board.price('A', 9);
    expect(await framed.ask('roomcast:authenticate', long)).toEqual({
      ok: true,
      value: { tokenExpiresInMs: 60_000 },
    });
    await framed.received(room, 4);
    await board.say('four');
    await framed.settle();
    expect(numbers(framed)).toEqual([1, 2, 3, 1, 4]);
    expect(framed.frames('R')).toEqual([]);
    // The grace is over for good.
    board.clock.advance(graceMs);
    await framed.settle();
    expect(framed.raw.isOpen).toBe(true);
  });

  it('may send requests behind the other token without waiting for its answer', async () => {
    await using expired = await startExpired();
    const { framed } = expired;
    const answers = [
      framed.ask('roomcast:join', [{ room: 'event-2' }]),
      framed.ask('roomcast:authenticate', long),
      framed.ask('roomcast:join', [{ room: 'event-3' }]),
    ];
    expect(await answers[0]).toEqual(failure('TOKEN_EXPIRED'));
    expect(await answers[1]).toMatchObject({ ok: true });
    expect(await answers[2]).toMatchObject({ ok: true, value: [{ status: 'fresh' }] });
  });

  it('goes on in rooms in which it was behind, too', async () => {
    const history = { maxPublications: 1_000 };
    const broker = handleBroker(createMemoryBroker({ history }));
    await using board = await startBoard({ broker });
    const position = await broker.position(room);
    for (let count = 1; count <= 400; count += 1) await board.say(`${count}`);
    using framed = await connectFramed(board.url, { token: short });
    const release = broker.holdReadAfter(1);
    await framed.join({ room, position });
    await framed.received(room, 300);
    board.clock.advance(1_000);
    await framed.raw.next('4T');
    release();
    await framed.settle();
    expect(numbers(framed)).toHaveLength(300);
    await framed.ask('roomcast:authenticate', long);
    await framed.received(room, 400);
    expect(numbers(framed)).toEqual(Array.from({ length: 400 }, (_, index) => index + 1));
  });

  it('is told of a gap where it missed more than history holds', async () => {
    await using expired = await startExpired({ log: { history: { maxPublications: 2 } } });
    const { board, framed } = expired;
    await board.say('two', 'three', 'four');
    await framed.ask('roomcast:authenticate', long);
    await framed.raw.next('4R');
    await board.say('five');
    await framed.settle();
    expect(framed.frames('R')).toMatchObject([
      { result: { room, status: 'gap', reason: 'overflow', missed: 3, position: { offset: 4 } } },
    ]);
    expect(numbers(framed)).toEqual([1, 5]);
  });

  it('stays so with a token that is not accepted, of another user, or over', async () => {
    await using expired = await startExpired();
    const { board, framed } = expired;
    board.manager.sessions.revokeToken('stolen');
    const refusals: [unknown, string][] = [
      ['forged', 'AUTHENTICATION_FAILED'],
      ['', 'AUTHENTICATION_FAILED'],
      [null, 'AUTHENTICATION_FAILED'],
      [tokenOf('bob'), 'FORBIDDEN'],
      [tokenOf('alice', { expiresInMs: 0 }), 'TOKEN_EXPIRED'],
      [tokenOf('alice', { tokenId: 'stolen' }), 'TOKEN_REVOKED'],
    ];
    for (const [token, code] of refusals) {
      expect(await framed.ask('roomcast:authenticate', token)).toEqual(failure(code));
    }
    await board.say('two');
    await framed.settle();
    expect(numbers(framed)).toEqual([1]);
    board.clock.advance(graceMs);
    await framed.raw.closed;
  });

  it('is ended when the grace is over, and told why', async () => {
    await using expired = await startExpired();
    const { board, framed } = expired;
    board.clock.advance(graceMs - 1);
    await framed.settle();
    board.clock.advance(1);
    await framed.raw.closed;
    expect(framed.frames('C')).toEqual([
      { error: { code: 'TOKEN_EXPIRED', message: expect.any(String) } },
    ]);
    expect(framed.raw.messages.filter((message) => /^4[0-9A-Z]/.test(message)).at(-1)).toMatch(
      /^4C/,
    );
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
    expect(board.manager.getActiveRooms()).toEqual([]);
  });

  it('is waited for as long as the server was told to', async () => {
    await using expired = await startExpired({ tokenGraceMs: 500 });
    expect(expired.framed.frames('T')).toEqual([{ graceMs: 500 }]);
    expired.board.clock.advance(500);
    await expired.framed.raw.closed;
  });
});

it('an action that is running when the token ends is answered', async () => {
  let finish = () => {};
  const look = () => new Promise((resolve) => (finish = () => resolve('around')));
  await using board = await startBoard({ actions: { look } });
  using framed = await connectFramed(board.url, { token: short });
  const answer = framed.ask('look');
  await framed.ask('dance');
  board.clock.advance(1_000);
  await framed.raw.next('4T');
  finish();
  expect(await answer).toEqual({ ok: true, value: 'around' });
});

describe('what a session asked before the end of its token and what is answered after it', () => {
  /** Alice, whose `authorise` answers when the test says so, has asked and is expired now. */
  async function askAndExpire(name: string, argument: (board: Board) => unknown) {
    let isSlow = false;
    let finish = () => {};
    const authorise: BoardOptions['authorise'] = (_, asked) => {
      const all = asked.map(() => true);
      return isSlow ? new Promise((resolve) => (finish = () => resolve(all))) : all;
    };
    const board = await startBoard({ authorise });
    await board.manager.publish({
      ...{ room: 'team-1', event: 'planned', payload: { text: 'secret' }, delivery: 'reliable' },
    });
    const framed = await connectFramed(board.url, { token: short });
    isSlow = true;
    const answer = framed.ask(name, argument(board));
    await framed.ask('dance');
    board.clock.advance(1_000);
    await framed.raw.next('4T');
    finish();
    return {
      ...{ board, framed, answer },
      async [Symbol.asyncDispose]() {
        framed[Symbol.dispose]();
        await board[Symbol.asyncDispose]();
      },
    };
  }

  it('is no room', async () => {
    await using asked = await askAndExpire('roomcast:join', () => [{ room: 'team-1' }]);
    expect(await asked.answer).toEqual(failure('TOKEN_EXPIRED'));
    expect(asked.board.manager.getActiveRooms()).not.toContain('team-1');
  });

  it('is no piece of a log', async () => {
    const since = { epoch: 'another', offset: 0, revision: 0 };
    await using asked = await askAndExpire('roomcast:history', () => ({ room: 'team-1', since }));
    expect(await asked.answer).toEqual(failure('TOKEN_EXPIRED'));
  });
});

describe('another token for a session whose own is not over', () => {
  it('takes its place: the end of the first one changes nothing', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { token: short, rooms: [{ room }] });
    expect(await framed.ask('roomcast:authenticate', long)).toEqual({
      ok: true,
      value: { tokenExpiresInMs: 60_000 },
    });
    board.clock.advance(59_999);
    await board.say('one');
    await framed.settle();
    expect(numbers(framed)).toEqual([1]);
    expect(framed.frames('T')).toEqual([]);
    board.clock.advance(1);
    await framed.raw.next('4T');
  });

  it('may be without end', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { token: short });
    expect(await framed.ask('roomcast:authenticate', tokenOf('alice'))).toEqual({
      ok: true,
      value: { tokenExpiresInMs: null },
    });
    board.clock.advance(1_000_000);
    await framed.settle();
    expect(framed.frames('T')).toEqual([]);
  });

  it.each([
    ['of another user', tokenOf('bob'), 'FORBIDDEN'],
    ['that is not accepted', 'forged', 'AUTHENTICATION_FAILED'],
    ['that is no text', { id: 'alice' }, 'AUTHENTICATION_FAILED'],
  ])('is refused %s, and the session stays as it was', async (_, token, code) => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { token: short, rooms: [{ room }] });
    expect(await framed.ask('roomcast:authenticate', token)).toEqual(failure(code));
    await board.say('one');
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await framed.settle();
    expect([...numbers(framed), ...numbers(framed, 'user-alice')]).toEqual([1, 1]);
    board.clock.advance(1_000);
    await framed.raw.next('4T');
  });

  it('makes no user of a guest: the framed dialect says who it is in its handshake', async () => {
    await using board = await startBoard();
    using guest = await connectFramed(board.url);
    expect(await guest.ask('roomcast:authenticate', long)).toEqual(failure('FORBIDDEN'));
    expect(board.manager.getActiveRooms()).toEqual([]);
  });

  it.each([false, true])('takes the rooms that it does not open (expired: %s)', async (isOver) => {
    const allowed = new Set(['1', '2']);
    await using board = await startBoard({
      authorise: (_, asked) => asked.map(({ params }) => allowed.has(params.teamId ?? '')),
    });
    const rooms = [{ room: 'team-1' }, { room: 'team-2' }, { room }];
    using framed = await connectFramed(board.url, { token: short, rooms });
    if (isOver) board.clock.advance(1_000);
    allowed.delete('2');
    expect(await framed.ask('roomcast:authenticate', long)).toMatchObject({ ok: true });
    const error = { code: 'FORBIDDEN', message: expect.any(String) };
    expect(framed.frames('R')).toEqual([{ result: { room: 'team-2', status: 'refused', error } }]);
    const kinds = framed.raw.messages.map((message) => message.slice(0, 2));
    expect(kinds.indexOf('4R')).toBeLessThan(kinds.indexOf('43'));
    for (const team of ['team-1', 'team-2']) {
      await board.manager.publish({
        ...{ room: team, event: 'planned', payload: { text: 'a plan' }, delivery: 'reliable' },
      });
    }
    await framed.received('team-1', 1);
    await framed.settle();
    expect(framed.publications('team-2')).toEqual([]);
  });
});
