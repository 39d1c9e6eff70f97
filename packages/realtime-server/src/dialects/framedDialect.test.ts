import {
  clientRequests,
  type Frame,
  type Position,
  type Publication,
  parseFrame,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession } from '../fakes/createFakeSession.ts';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import type { Session } from '../session/session.ts';
import type { DialectHost } from './dialect.ts';
import { createFramedDialect } from './framedDialect.ts';

const contract = createTestContract();
const position: Position = { epoch: 'one', offset: 1, revision: 0 };
const published: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position, publishedAtMs: 5 },
};

let connection: FakeConnection;
const joined = vi.fn<(rooms: readonly RoomRequest[]) => readonly RoomResult[]>();
const leave = vi.fn();
const renew = vi.fn<DialectHost['renew']>();
const history = vi.fn<DialectHost['history']>();
const setPresence = vi.fn<DialectHost['setPresence']>();
/** Frames and answers in the order in which they were written. */
let written: unknown[];

const dialect = createFramedDialect(contract, {
  join: async (_, rooms, answer) => {
    answer(joined(rooms));
    connection.write(dialect.encode([published]));
  },
  leave: (_, room) => leave(room),
  ...{ renew, history, setPresence, now: () => 1_000 },
});

const sessionOf = (user: Session['user']) => createFakeSession({ user, connection });

beforeEach(() => {
  for (const mock of [joined, leave, renew, history]) mock.mockReset();
  joined.mockImplementation((rooms) =>
    rooms.map(({ room }) => ({ room, status: 'fresh', position })),
  );
  written = [];
  connection = createFakeConnection();
  connection.write = ([frame]) => void written.push(parseFrame(String(frame)));
});

const frames = () => written as Frame[];
const handle = (name: string, ...args: readonly unknown[]) => handleAs(null, name, ...args);
const handleAs = (user: Session['user'], name: string, ...args: readonly unknown[]) =>
  dialect.handle(sessionOf(user), {
    ...{ name, args, acknowledge: (answer) => void written.push({ answer }) },
  });

describe('the framed dialect', () => {
  it('knows its requests and takes everything else for an action', () => {
    for (const name of Object.values(clientRequests)) expect(dialect.handles(name)).toBe(true);
    for (const name of ['authenticate', 'join-event', 'ping', 'shout', 'roomcast:', '']) {
      expect(dialect.handles(name)).toBe(false);
    }
  });

  it('answers a session whose token is over only where that brings another, or leaves', () => {
    const names = [...Object.values(clientRequests), 'shout', 'authenticate', ''];
    expect(names.filter((name) => dialect.handlesExpired(name)).sort()).toEqual([
      ...['roomcast:authenticate', 'roomcast:leave'],
    ]);
  });

  it('writes many publications as one frame', () => {
    const second = { ...published, payload: 'again', position: { ...position, offset: 2 } };
    const removal: Publication = {
      ...{ ...published, event: 'price', payload: null, delivery: 'latest', key: 'k' },
      ...{ removed: true, position: { ...position, revision: 7 } },
    };
    const message = dialect.encode([published, second, removal]);
    expect(message).toEqual([
      'P["event-1","one",[["posted",0,1,5,"hello"],["posted",0,2,5,"again"],["price",1,7,5,null,{"key":"k","removed":true}]]]',
    ]);
  });

  it('tells of a room that broke or ended', () => {
    const gap = { room: 'event-1', status: 'gap', reason: 'overflow', position } as const;
    const error = { code: 'FORBIDDEN', message: 'Not any more.' };
    const refused = { room: 'event-1', status: 'refused', error } as const;
    dialect.tellRoom(sessionOf(null), gap);
    dialect.tellRoom(sessionOf(null), refused);
    expect(frames()).toEqual([
      { type: 'room', result: gap },
      { type: 'room', result: refused },
    ]);
  });

  it('tells when the token is over, and how long the server waits', () => {
    dialect.tellExpired(sessionOf({ id: 'alice' }), 25_000);
    expect(frames()).toEqual([{ type: 'token', graceMs: 25_000 }]);
  });

  it('tells why it ends', () => {
    const error = { code: 'TOKEN_REVOKED', message: 'The token was revoked.' };
    const { connection } = sessionOf({ id: 'alice' });
    connection.write(dialect.encodeEnd(error));
    connection.write(dialect.encodeEnd(error, 250));
    expect(frames()).toEqual([
      { type: 'close', error },
      { type: 'close', error, retryAfterMs: 250 },
    ]);
  });
});

describe('the beginning of a framed session', () => {
  it('is a welcome that says all there is to know, before everything of the rooms', async () => {
    const session = sessionOf({ id: 'alice', expiresAtMs: 1_099 });
    await dialect.start(session, [{ room: 'event-1' }]);
    expect(frames()).toMatchObject([
      {
        type: 'welcome',
        session: session.secret,
        user: 'alice',
        tokenExpiresInMs: 99,
        fingerprint: contract.fingerprint,
        features: [],
        rooms: [{ room: 'user-alice' }, { room: 'global' }, { room: 'event-1' }],
      },
      { type: 'publications', room: 'event-1' },
    ]);
  });

  it.each([
    ['a token without end', undefined, null],
    ['a fraction of a millisecond', 1_000.6, 1],
    ['a time that is over', 900, 0],
  ])('tells of %s as a whole number or null', async (_, expiresAtMs, expected) => {
    const user = { id: 'alice', ...(expiresAtMs !== undefined && { expiresAtMs }) };
    await dialect.start(sessionOf(user), []);
    expect(frames()[0]).toMatchObject({ tokenExpiresInMs: expected });
  });

  it('welcomes a guest without user, expiry and rooms', async () => {
    await dialect.start(sessionOf(null), []);
    expect(frames()[0]).toMatchObject({ user: null, tokenExpiresInMs: null, rooms: [] });
  });

  it('asks for the automatic rooms first, once, and from the position of the handshake', async () => {
    const requests = [{ room: 'event-1' }, { room: 'global', position }];
    await dialect.start(sessionOf({ id: 'alice' }), requests);
    expect(joined.mock.calls).toEqual([
      [[{ room: 'user-alice' }, { room: 'global', position }, { room: 'event-1' }]],
    ]);
  });
});

describe('a request to join', () => {
  it('is answered before anything of the room is sent', async () => {
    await handle(clientRequests.join, [{ room: 'event-1', position }]);
    expect(joined.mock.calls).toEqual([[[{ room: 'event-1', position }]]]);
    expect(written).toEqual([
      { answer: { ok: true, value: [{ room: 'event-1', status: 'fresh', position }] } },
      expect.objectContaining({ type: 'publications' }),
    ]);
  });

  const from = (offset: unknown) => [{ room: 'event-1', position: { ...position, offset } }];

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a name', 'event-1'],
    ['an object', {}],
    ['a list of names', ['event-1']],
    ['a room that is no text', [{ room: 7 }]],
    ['a room of 256 characters', [{ room: 'x'.repeat(256) }]],
    ['a position that is null', [{ room: 'event-1', position: null }]],
    ['an offset below 0', from(-1)],
    ['an offset that is a fraction', from(0.5)],
    ['an offset that is a text', from('1')],
    ['an offset that is no safe number', from(2 ** 53)],
    ['an epoch that is empty', [{ room: 'event-1', position: { ...position, epoch: '' } }]],
    [
      'an epoch of 65 characters',
      [{ room: 'event-1', position: { ...position, epoch: 'x'.repeat(65) } }],
    ],
    ['a room twice', [{ room: 'event-1' }, { room: 'event-1' }]],
    ['129 rooms', Array.from({ length: 129 }, (_, index) => ({ room: `event-${index}` }))],
  ])('is refused for %s', async (_, rooms) => {
    await expect(handle(clientRequests.join, rooms)).rejects.toMatchObject({
      code: 'INVALID_HANDSHAKE',
    });
    expect(joined).not.toHaveBeenCalled();
  });
});

describe('a request to leave', () => {
  it('leaves the rooms that are named', async () => {
    expect(await handle(clientRequests.leave, ['event-1', 'event-2'])).toBeNull();
    expect(leave.mock.calls).toEqual([['event-1'], ['event-2']]);
  });

  it.each([undefined, 'event-1', [7], [['event-1']]])('is refused for %j', async (rooms) => {
    await expect(handle(clientRequests.leave, rooms)).rejects.toMatchObject({
      code: 'INVALID_ROOM',
    });
    expect(leave).not.toHaveBeenCalled();
  });
});

describe('a request for history', () => {
  it('is handed on with its limit, or that of a page', async () => {
    history.mockResolvedValue('a piece');
    const asked = { room: 'event-1', since: position };
    expect(await handle(clientRequests.history, { ...asked, limit: 7 })).toBe('a piece');
    await handle(clientRequests.history, asked);
    await handle(clientRequests.history, { ...asked, limit: null });
    expect(history.mock.calls.map(([, request]) => request)).toEqual([
      { ...asked, limit: 7 },
      { ...asked, limit: 300 },
      { ...asked, limit: 300 },
    ]);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a name', 'event-1'],
    ['a list', []],
    ['no position', { room: 'event-1' }],
    ['a room that is no text', { room: 7, since: position }],
    ['a position that is null', { room: 'event-1', since: null }],
    ['an offset below 0', { room: 'event-1', since: { ...position, offset: -1 } }],
    ['a limit of 0', { room: 'event-1', since: position, limit: 0 }],
    ['a limit of 301', { room: 'event-1', since: position, limit: 301 }],
    ['a limit that is a text', { room: 'event-1', since: position, limit: '7' }],
  ])('is not read with %s', async (_, request) => {
    await expect(handle(clientRequests.history, request)).rejects.toMatchObject({
      code: 'INVALID_ROOM',
    });
    expect(history).not.toHaveBeenCalled();
  });
});

describe('another token', () => {
  it('is handed on, and answered with the time that it has', async () => {
    renew.mockResolvedValue({ id: 'alice', expiresAtMs: 3_500 });
    expect(await handleAs({ id: 'alice' }, clientRequests.authenticate, 'token')).toEqual({
      tokenExpiresInMs: 2_500,
    });
    expect(renew.mock.calls.map(([, token]) => token)).toEqual(['token']);
    renew.mockResolvedValue({ id: 'alice' });
    expect(await handleAs({ id: 'alice' }, clientRequests.authenticate, 'token')).toEqual({
      tokenExpiresInMs: null,
    });
  });

  it('makes no user of a guest, who is known by the welcome', async () => {
    await expect(handle(clientRequests.authenticate, 'token')).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(renew).not.toHaveBeenCalled();
  });
});
