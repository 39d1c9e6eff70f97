import { RoomcastError } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { boardContract } from './boardContract.ts';
import { connectFramed, framedAuth } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import { openRaw } from './rawConnection.ts';
import { type Board, type BoardOptions, room, startBoard, tokenOf } from './startBoard.ts';

const position = { epoch: 'q1w2e3r4t5y6u7i8', offset: 0, revision: 0 };
const one = (fields: object) => [{ room, position: { ...position, ...fields } }];
const rooms = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ room: `event-${at}` }));

/** Sends a CONNECT and resolves with the code of the refusal, once the connection is closed. */
async function refusalOf(url: string, auth: unknown): Promise<string> {
  using raw = await openRaw(url);
  raw.send(`40${JSON.stringify(auth)}`);
  await raw.closed;
  const [, answer, ...rest] = raw.messages;
  expect(rest).toEqual([]);
  const { message, data } = JSON.parse(/^44(.*)$/.exec(answer ?? '')?.[1] ?? '{}');
  const { retryAfterMs: _, ...told } = data;
  expect(told).toEqual({ code: expect.any(String), message });
  return data.code;
}

describe('a CONNECT is refused, with its answer and nothing else before the end,', () => {
  it.each<[string, Record<string, unknown>]>([
    ['another protocol', { protocol: 2 }],
    ['a protocol that is text', { protocol: '1' }],
    ['no protocol', { protocol: undefined }],
    ['a contract without a minor version', { contract: '2' }],
    ['a contract that is a number', { contract: 2.3 }],
    ['a fingerprint that is too short', { fingerprint: '0123' }],
    ['a fingerprint that is not hexadecimal', { fingerprint: 'x'.repeat(16) }],
    ['129 rooms', { rooms: rooms(129) }],
    ['a room twice', { rooms: [{ room }, { room }] }],
    ['rooms that are no list', { rooms: { room } }],
    ['a room that is text', { rooms: [room] }],
    ['a room without a name', { rooms: [{}] }],
    ['a name of 256 characters', { rooms: [{ room: 'x'.repeat(256) }] }],
    ['a negative offset', { rooms: one({ offset: -1 }) }],
    ['an offset beyond exact numbers', { rooms: one({ offset: 2 ** 53 }) }],
    ['an offset that is a fraction', { rooms: one({ offset: 0.5 }) }],
    ['an offset that is text', { rooms: one({ offset: '17' }) }],
    ['no offset', { rooms: one({ offset: undefined }) }],
    ['a negative revision', { rooms: one({ revision: -1 }) }],
    ['no revision', { rooms: one({ revision: undefined }) }],
    ['an empty epoch', { rooms: one({ epoch: '' }) }],
    ['an epoch of 65 characters', { rooms: one({ epoch: 'x'.repeat(65) }) }],
    ['an epoch that is a number', { rooms: one({ epoch: 7 }) }],
    ['a position that is null', { rooms: [{ room, position: null }] }],
    ['a position that is a list', { rooms: [{ room, position: ['x', 1, 2] }] }],
    ['a negative `maxReplay`', { maxReplay: -1 }],
    ['a `maxReplay` that is text', { maxReplay: 'all' }],
    ['a session that is a number', { session: 7 }],
    ['a session of 65 characters', { session: 'x'.repeat(65) }],
    ['33 features', { features: Array(33).fill('deflate') }],
    ['a feature of 65 characters', { features: ['x'.repeat(65)] }],
    ['features that are no list', { features: 'deflate' }],
    ['a token of 16,385 characters', { token: 'x'.repeat(16_385) }],
    ['an empty token', { token: '' }],
    ['a token that is no text', { token: { id: 'alice' } }],
  ])('for %s, before anybody is asked about the token', async (_, fields) => {
    const authenticate = vi.fn(async () => ({ id: 'alice' }));
    await using board = await startBoard({ authenticate });
    const auth = framedAuth({ token: tokenOf('alice'), ...fields });
    expect(await refusalOf(board.url, auth)).toBe('INVALID_HANDSHAKE');
    expect(authenticate).not.toHaveBeenCalled();
    expect(board.manager.getConnectionCount()).toBe(0);
  });

  it.each([
    ['a dialect that is no object', { roomcast: 1 }],
    ['a dialect that is null', { roomcast: null }],
    ['a `compress` that is text', { compress: 'yes' }],
  ])('for %s', async (_, auth) => {
    await using board = await startBoard();
    expect(await refusalOf(board.url, auth)).toBe('INVALID_HANDSHAKE');
  });

  const hanging = () => new Promise<never>(() => {});
  it.each<[string, BoardOptions, string]>([
    ['AUTHENTICATION_FAILED', {}, 'forged'],
    ['TOKEN_EXPIRED', {}, tokenOf('alice', { expiresInMs: 0 })],
    ['TOKEN_REVOKED', {}, tokenOf('alice', { tokenId: 'stolen' })],
    [
      'INTERNAL',
      { authenticate: () => Promise.reject(new RoomcastError('INTERNAL', 'No keys.')) },
      'x',
    ],
    ['AUTHENTICATION_TIMEOUT', { authenticate: hanging, authenticationTimeoutMs: 20 }, 'x'],
  ])('with %s for its token', async (code, options, token) => {
    await using board = await startBoard(options);
    board.manager.sessions.revokeToken('stolen');
    const refusal = refusalOf(board.url, framedAuth({ token }));
    if (code === 'AUTHENTICATION_TIMEOUT') {
      await eventually(() => {
        board.clock.advance(20);
        expect(board.server.errors).toHaveLength(1);
      });
    }
    expect(await refusal).toBe(code);
  });

  it('for the first of its faults: room, form, version, token', async () => {
    const authenticate = vi.fn(() => Promise.reject(new Error('forged')));
    await using board = await startBoard({ maxConnections: 1, authenticate });
    const form = framedAuth({ contract: '9.0', token: 'forged', rooms: 7 });
    const version = framedAuth({ contract: '9.0', token: 'forged', rooms: [] });
    expect(await refusalOf(board.url, form)).toBe('INVALID_HANDSHAKE');
    expect(await refusalOf(board.url, version)).toBe('CONTRACT_INCOMPATIBLE');
    expect(authenticate).not.toHaveBeenCalled();
    expect(await refusalOf(board.url, framedAuth({ token: 'forged' }))).toBe(
      'AUTHENTICATION_FAILED',
    );
    using _only = await connectFramed(board.url);
    expect(await refusalOf(board.url, form)).toBe('CONNECTION_LIMIT');
    expect(authenticate).toHaveBeenCalledOnce();
  });

  it('as a second one, while the first is pending or after it', async () => {
    await using board = await startBoard({
      authenticate: () => new Promise(() => {}),
    });
    using pending = await openRaw(board.url);
    pending.send('40{"token":"slow"}', '40{"token":"slow"}');
    await pending.closed;
    using admitted = await connectByHand(board.url);
    admitted.raw.send('40{}');
    await admitted.raw.closed;
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
  });
});

describe('a handshake is accepted', () => {
  it('at all of its limits, and with fields that nobody knows', async () => {
    const epoch = 'x'.repeat(64);
    await using board = await startBoard({ authenticate: async () => ({ id: 'alice' }) });
    const far = { epoch, offset: Number.MAX_SAFE_INTEGER, revision: Number.MAX_SAFE_INTEGER };
    const requests = rooms(128).map((request) => ({ ...request, position: far, colour: 'red' }));
    using framed = await connectFramed(board.url, {
      ...{ token: 'x'.repeat(16_384), rooms: requests, session: 'x'.repeat(64) },
      features: Array.from({ length: 32 }, (_, index) => `${index}`.padEnd(64, 'x')),
      ...{ maxReplay: Number.MAX_SAFE_INTEGER, colour: 'red' },
    });
    // With the two automatic ones.
    expect(framed.welcome.rooms).toHaveLength(130);
    expect(framed.welcome.features).toEqual([]);
  });

  it.each(['2.0', '2.99'])('of contract %s, whose major version is the same', async (contract) => {
    await using board = await startBoard();
    using _framed = await connectFramed(board.url, { contract, rooms: undefined });
  });

  it.each([null, undefined])('without a token: %s', async (token) => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { token });
    expect(framed.welcome.user).toBeNull();
    using _plain = await connectByHand(board.url, { token });
  });

  it('and keeps nothing of the client while it is decided', async () => {
    let finish = () => {};
    const authenticate = vi.fn(
      () =>
        new Promise<{ id: string }>((resolve) => {
          finish = () => resolve({ id: 'alice' });
        }),
    );
    await using board = await startBoard({ authenticate });
    using raw = await openRaw(board.url);
    raw.send(`40${JSON.stringify(framedAuth({ token: 'x', rooms: [{ room }] }))}`);
    await eventually(() => expect(authenticate).toHaveBeenCalledOnce());
    expect(board.manager.getConnectionCount()).toBe(0);
    expect(board.manager.getActiveRooms()).toEqual([]);
    expect(raw.messages).toHaveLength(1);
    finish();
    await raw.next('4W');
    expect(board.manager.getConnectionCount()).toBe(1);
  });
});

describe('the welcome', () => {
  it('is the first frame, behind Socket.IO’s answer, and comes once', async () => {
    await using board = await startBoard();
    await board.say('before');
    using framed = await connectFramed(board.url, {
      ...{ token: tokenOf('alice', { expiresInMs: 900_000 }), rooms: [{ room }] },
    });
    await board.say('after');
    await framed.received(room, 1);
    await framed.settle();
    const kinds = framed.raw.messages.map((message) => message.slice(0, 2));
    expect(kinds).toEqual(['0{', '40', '4W', '4P', '43']);
  });

  it('says who the client is, how long its token lives, and what became of its rooms', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, {
      token: tokenOf('alice', { expiresInMs: 900_000 }),
      features: ['deflate'],
      rooms: [{ room }, { room: 'team-1' }],
    });
    const { rooms: outcomes, ...rest } = framed.welcome;
    expect(rest).toEqual({
      session: expect.stringMatching(/^[\w-]{22}$/),
      user: 'alice',
      tokenExpiresInMs: 900_000,
      fingerprint: boardContract.fingerprint,
      features: ['deflate'],
    });
    const fresh = (name: string) => ({
      ...{ room: name, status: 'fresh', position: expect.anything(), quietForMs: 0 },
    });
    expect([...outcomes].sort((a, b) => a.room.localeCompare(b.room))).toEqual([
      fresh(room),
      fresh('global'),
      { room: 'team-1', status: 'refused', error: expect.objectContaining({ code: 'FORBIDDEN' }) },
      fresh('user-alice'),
    ]);
    const { sid } = JSON.parse((await framed.raw.next('40')).slice(2));
    expect(framed.welcome.session).not.toBe(sid);
    expect(outcomes[0]?.position).toEqual({
      epoch: expect.stringMatching(/^.{1,64}$/),
      offset: 0,
      revision: 0,
    });
  });

  it('has a session for each connection', async () => {
    await using board = await startBoard();
    using one = await connectFramed(board.url);
    using two = await connectFramed(board.url);
    expect(one.welcome.session).not.toBe(two.welcome.session);
  });

  it('has null for what a guest, or a token without end, does not have', async () => {
    await using board = await startBoard();
    using guest = await connectFramed(board.url);
    expect(guest.welcome).toMatchObject({ user: null, tokenExpiresInMs: null, rooms: [] });
    using alice = await connectFramed(board.url, { token: tokenOf('alice') });
    expect(alice.welcome).toMatchObject({ user: 'alice', tokenExpiresInMs: null });
  });

  it('has one result for an automatic room that the client asks for itself', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, {
      ...{ token: tokenOf('alice'), rooms: [{ room: 'global', position }] },
    });
    const names = framed.welcome.rooms.map(({ room: name, status }) => `${name} ${status}`);
    expect(names.sort()).toEqual(['global gap', 'user-alice fresh']);
  });

  it('comes before the answer to whatever was asked meanwhile', async () => {
    let finish = () => {};
    await using board = await startBoard({
      authorise: (_, asked) =>
        new Promise((resolve) => {
          finish = () => resolve(asked.map(() => true));
        }),
      actions: { look: () => 'around' },
    });
    using raw = await openRaw(board.url);
    const auth = framedAuth({ token: tokenOf('alice'), rooms: [{ room: 'team-1' }] });
    raw.send(`40${JSON.stringify(auth)}`);
    await raw.next('40');
    raw.send('420["roomcast:join",[{"room":"event-1"}]]', '421["look"]');
    // Actions do not wait.
    await raw.next('431');
    finish();
    await raw.next('430');
    const kinds = raw.messages.map((message) => message.slice(0, 3));
    expect(kinds.slice(2)).toEqual(['431', '4W{', '430']);
  });

  it('is written to nobody who has not asked for it', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, { token: tokenOf('alice') });
    await plain.ask('join-event', '1');
    await board.say('hello');
    await board.price('A', 9);
    await plain.ask('ping');
    expect(plain.raw.messages.filter((message) => /^4[^0-9]/.test(message))).toEqual([]);
    expect(plain.received('said')).toEqual([{ text: 'hello' }]);
  });

  it.each<[string, string, (board: Board) => void]>([
    ['its token ends', 'TOKEN_EXPIRED', ({ clock }) => clock.advance(1_000)],
    ['it is revoked', 'TOKEN_REVOKED', ({ manager }) => manager.sessions.revokeUser('alice')],
  ])('is left out where %s before it: `C` and the end', async (_, code, end) => {
    let finish = () => {};
    const authorise: BoardOptions['authorise'] = (__, asked) =>
      new Promise((resolve) => {
        finish = () => resolve(asked.map(() => true));
      });
    await using board = await startBoard({ authorise });
    using raw = await openRaw(board.url);
    const token = tokenOf('alice', { expiresInMs: 1_000 });
    raw.send(`40${JSON.stringify(framedAuth({ token, rooms: [{ room: 'team-1' }] }))}`);
    await raw.next('40');
    raw.send('420["sing"]');
    await raw.next('430');
    end(board);
    finish();
    await raw.closed;
    const [frame, ...rest] = raw.messages.filter((message) => /^4[A-Z]/.test(message));
    expect(JSON.parse(frame?.slice(2) ?? '{}')).toMatchObject({ error: { code } });
    expect(rest).toEqual([]);
    expect(board.manager.getActiveRooms()).toEqual([]);
  });
});

describe('a session in another namespace', () => {
  it('has the namespace in its packets, and not in its frames', async () => {
    await using board = await startBoard({ namespace: '/board' });
    using raw = await openRaw(board.url);
    raw.send(`40/board,${JSON.stringify(framedAuth({ rooms: [{ room }] }))}`);
    await raw.next('40/board,{"sid"');
    await raw.next('4W');
    raw.send('42/board,7["roomcast:leave",["event-1"]]');
    expect(await raw.next('43/board,7')).toBe('43/board,7[{"ok":true,"value":null}]');
  });

  it('is refused where there is none, and the connection is closed when its time is over', async () => {
    await using board = await startBoard({ connectionTimeoutMs: 50 });
    using raw = await openRaw(board.url);
    raw.send('40/nobody,{}');
    expect(await raw.next('44')).toBe('44/nobody,{"message":"Invalid namespace"}');
    expect(raw.isOpen).toBe(true);
    await raw.closed;
  });
});
