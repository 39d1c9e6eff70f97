import { randomBytes } from 'node:crypto';
import { MessageCompressor } from '@roomcast/realtime-compression';
import {
  type Position,
  type Publication,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createTestContract } from '../fakes/createTestContract.ts';
import { compressEvent } from './compressEvent.ts';
import type { DialectHost } from './dialect.ts';
import { createPlainDialect } from './plainDialect.ts';

const contract = createTestContract();
const position: Position = { epoch: 'one', offset: 1, revision: 0 };
const published: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position, publishedAtMs: 0 },
};

let session: FakeSession;
const joined = vi.fn<(rooms: readonly RoomRequest[]) => readonly RoomResult[]>();
const leave = vi.fn();
const renew = vi.fn<(token: unknown) => ReturnType<DialectHost['renew']>>();

const host: DialectHost = {
  join: async (_, rooms, answer) => {
    answer(joined(rooms));
    session.connection.write(dialect.encode([published]));
  },
  leave: (_, room) => leave(room),
  async renew(current, token) {
    const user = await renew(token);
    current.login(user);
    return user;
  },
  history: () => Promise.reject(new Error('There is no history in this dialect.')),
  setPresence: () => Promise.reject(new Error('There is no presence in this dialect.')),
  now: () => 1_234,
};
const dialect = createPlainDialect(contract, '/', host);

const joinAll = (rooms: readonly RoomRequest[]): readonly RoomResult[] =>
  rooms.map(({ room }) => ({ room, status: 'fresh', position }));

beforeEach(() => {
  for (const mock of [joined, leave, renew]) mock.mockReset();
  joined.mockImplementation(joinAll);
  session = createFakeSession({ dialect: 'plain' });
});

const handle = (name: string, ...args: readonly unknown[]) =>
  dialect.handle(session, { name, args, acknowledge: () => {} });
/** What was written, as the arguments of the client's handlers. */
const received = () =>
  session.connection.written.flat().map((packet) => JSON.parse(String(packet).slice(1)));
const roomsJoined = () =>
  received().flatMap(([name, { room }]) => (name === 'room-joined' ? room : []));

describe('the plain dialect', () => {
  it('has a request to join and one to leave for every kind of room', () => {
    for (const kind of Object.keys(contract.rooms)) {
      expect(dialect.handles(`join-${kind}`)).toBe(true);
      expect(dialect.handles(`leave-${kind}`)).toBe(true);
    }
    expect(dialect.handles('authenticate')).toBe(true);
    expect(dialect.handles('ping')).toBe(true);
    for (const name of ['shout', 'join-', 'join-nothing', 'join-__proto__', 'roomcast:join', '']) {
      expect(dialect.handles(name)).toBe(false);
    }
  });

  it('answers a session whose token is over only to another token, a ping and who leaves', () => {
    for (const name of ['authenticate', 'ping', 'leave-event', 'leave-global']) {
      expect(dialect.handlesExpired(name)).toBe(true);
    }
    expect(dialect.handlesExpired('join-event')).toBe(false);
  });

  it('writes a publication as an event of its own name', () => {
    expect(dialect.encode([published])).toEqual(['2["posted","hello"]']);
    const app = createPlainDialect(contract, '/app', host);
    expect(app.encode([published])).toEqual(['2/app,["posted","hello"]']);
  });

  it('writes many publications as many events, in order', () => {
    const second = { ...published, payload: 'again' };
    expect(dialect.encode([published, second])).toEqual([
      ...['2["posted","hello"]', '2["posted","again"]'],
    ]);
  });

  it('makes large events smaller for who asked for it, among small ones and in order', async () => {
    const compressed = createPlainDialect(contract, '/', host, compressEvent);
    const large = { ...published, payload: 'hello, '.repeat(300) };
    const removal: Publication = {
      ...{ ...published, event: 'price', payload: null, delivery: 'latest', removed: true },
    };
    const [small, event, gone] =
      (await compressed.compress?.([published, large, removal]))?.map(String) ?? [];
    expect(small).toBe('2["posted","hello"]');
    const [name, posted, envelope] = JSON.parse(event?.slice(1) ?? '');
    expect([name, posted]).toEqual(['compressed-event', 'posted']);
    expect(JSON.parse(MessageCompressor.decompressMessage(envelope))).toBe(large.payload);
    expect(gone).toMatch(/^2\["value-removed"/);
    expect(compressed.encode([large])).toEqual(dialect.encode([large]));
    expect(dialect.compress).toBeUndefined();
  });

  it('leaves what is encrypted as it is, however large', () => {
    const compressed = createPlainDialect(contract, '/', host, compressEvent);
    const secret = { ...published, event: 'secret', payload: 'sealed, '.repeat(300) };
    expect(compressed.compress?.([secret])).toBeNull();
  });

  it('has nothing to make smaller of what is short, too long, gone or of no pattern', async () => {
    const compressed = createPlainDialect(contract, '/', host, compressEvent);
    const removed = { ...published, payload: null, removed: true } as const;
    expect(compressed.compress?.([published, removed])).toBeNull();
    expect(compressed.compress?.([{ ...published, payload: 'x'.repeat(400_000) }])).toBeNull();
    const noise = { ...published, payload: randomBytes(2_000).toString('base64') };
    expect(await compressed.compress?.([noise])).toEqual(dialect.encode([noise]));
  });

  it('writes a value that is gone as an event of ours, compressed or not', () => {
    const removal: Publication = {
      ...{ ...published, event: 'price', payload: null, delivery: 'latest', removed: true },
    };
    const told = { eventId: '1', room: 'event-1', kind: 'event', event: 'price' };
    const compressed = createPlainDialect(contract, '/', host, compressEvent);
    for (const { encode } of [dialect, compressed]) {
      expect(encode([{ ...removal, key: 'k' }])).toEqual([
        `2${JSON.stringify(['value-removed', { ...told, key: 'k' }])}`,
      ]);
      expect(encode([removal])).toEqual([`2${JSON.stringify(['value-removed', told])}`]);
    }
  });

  it('answers a ping with a pong and its time', async () => {
    expect(await handle('ping')).toEqual({ timestamp: 1_234 });
    expect(received()).toEqual([['pong', { timestamp: 1_234 }]]);
  });

  it('tells of a room that was taken away and why, and has no word for a gap', () => {
    const error = { code: 'FORBIDDEN', message: 'Not any more.' };
    dialect.tellRoom(session, { room: 'event-1', status: 'refused', error });
    dialect.tellRoom(session, { room: 'event-2', status: 'gap', reason: 'overflow', position });
    expect(received()).toEqual([
      ['room-left', { room: 'event-1', kind: 'event', eventId: '1', code: 'FORBIDDEN' }],
    ]);
  });

  it('tells when the token is over, and not why it ends', () => {
    dialect.tellExpired(session, 25_000);
    expect(received()).toEqual([['token-expired', { graceMs: 25_000 }]]);
    const error = { code: 'TOKEN_REVOKED', message: 'The token was revoked.' };
    expect(dialect.encodeEnd(error)).toEqual([]);
  });
});

describe('rooms of a plain client', () => {
  it.each([
    ['join-event', 'a/b', 'event-a%2Fb'],
    ['join-event', { eventId: '42' }, 'event-42'],
    ['join-user', 'alice', 'user-alice'],
    ['join-global', undefined, 'global'],
    ['join-global', 'whatever', 'global'],
    ['join-event', '../', 'event-..%2F'],
    ['join-event', '\0', 'event-%00'],
    ['join-event', '__proto__', 'event-__proto__'],
  ])('are named by %s with %j: %s', async (name, target, room) => {
    await handle(name, target);
    expect(joined.mock.calls).toEqual([[[{ room }]]]);
  });

  it.each([
    undefined,
    null,
    '',
    7,
    true,
    {},
    { eventId: 7 },
    { eventId: ['42'] },
    { id: '42' },
    [],
    ['42'],
    'x'.repeat(10_000),
    '\ud800',
    JSON.parse('{"__proto__":{"eventId":"42"}}'),
  ])('are not named by join-event and leave-event with %j', async (target) => {
    for (const name of ['join-event', 'leave-event']) {
      await expect(handle(name, target)).rejects.toMatchObject({ code: 'INVALID_ROOM' });
    }
    expect(joined).not.toHaveBeenCalled();
    expect(leave).not.toHaveBeenCalled();
  });

  it('are told of with room-joined before anything of the room, and in the answer', async () => {
    expect(await handle('join-event', '1')).toEqual({
      ...{ room: 'event-1', kind: 'event', eventId: '1', position },
    });
    expect(received()).toEqual([
      ['room-joined', { room: 'event-1', kind: 'event', eventId: '1' }],
      ['posted', 'hello'],
    ]);
  });

  it('are refused in the answer, and nothing else is said', async () => {
    const error = { code: 'FORBIDDEN', message: 'Not for you.' };
    joined.mockReturnValue([{ room: 'staff', status: 'refused', error }]);
    await expect(handle('join-staff')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('Not for you.'),
    });
    expect(roomsJoined()).toEqual([]);
  });

  it('are left with a word where they are refused to who was in them', async () => {
    const error = { code: 'FORBIDDEN', message: 'Not any more.' };
    joined.mockReturnValue([{ room: 'staff', status: 'refused', error }]);
    session.connection.join(['staff']);
    await expect(handle('join-staff')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(received()[0]).toEqual([
      'room-left',
      { room: 'staff', kind: 'staff', code: 'FORBIDDEN' },
    ]);
  });

  it('are left by their name', async () => {
    expect(await handle('leave-event', '42')).toBeNull();
    expect(leave.mock.calls).toEqual([['event-42']]);
  });
});

describe('the user of a plain client', () => {
  it('is who a guest logs in as, and is in the rooms of the user then', async () => {
    renew.mockResolvedValue({ id: 'alice' });
    expect(await handle('authenticate', 'token')).toEqual({ userId: 'alice' });
    expect(renew.mock.calls).toEqual([['token']]);
    expect(joined.mock.calls).toEqual([[[{ room: 'user-alice' }, { room: 'global' }]]]);
    expect(roomsJoined()).toEqual(['user-alice', 'global']);
  });

  it('goes on with another token without joining again', async () => {
    session.login({ id: 'alice', expiresAtMs: 1 });
    renew.mockResolvedValue({ id: 'alice', expiresAtMs: 2 });
    expect(await handle('authenticate', 'token')).toEqual({ userId: 'alice' });
    expect(joined).not.toHaveBeenCalled();
  });

  it('is nobody when the token is refused', async () => {
    renew.mockRejectedValue(new RoomcastError('AUTHENTICATION_FAILED', 'no'));
    await expect(handle('authenticate', 'token')).rejects.toThrow('no');
    expect(joined).not.toHaveBeenCalled();
  });

  it('is in the rooms of the user from the beginning, and a guest in none', async () => {
    await dialect.start(session, []);
    expect(roomsJoined()).toEqual([]);
    session.login({ id: 'alice' });
    await dialect.start(session, []);
    expect(roomsJoined()).toEqual(['user-alice', 'global']);
  });
});
