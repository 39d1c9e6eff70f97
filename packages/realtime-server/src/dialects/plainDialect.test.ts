import {
  type Position,
  type Publication,
  RoomcastError,
  type RoomRequest,
} from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import type { JoinOutcome } from '../rooms/joinRooms.ts';
import type { Session } from '../session/session.ts';
import { createPlainDialect, type PlainDialectHost } from './plainDialect.ts';

const contract = createTestContract();
const position: Position = { epoch: 'one', offset: 1, revision: 0 };
const published: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position, publishedAtMs: 0 },
};

let connection: FakeConnection;
let session: Session;
const joined = vi.fn<(rooms: readonly RoomRequest[]) => JoinOutcome>();
const leave = vi.fn();
const authenticate = vi.fn<PlainDialectHost['authenticate']>();

const host: PlainDialectHost = {
  join: async (_, rooms, answer) => answer(joined(rooms)),
  leave: (_, room) => leave(room),
  authenticate,
  now: () => 1_234,
};
const dialect = createPlainDialect(contract, '/', host);

const joinAll = (rooms: readonly RoomRequest[]): JoinOutcome => ({
  results: rooms.map(({ room }) => ({ room, status: 'fresh', position })),
  replay: [],
});

beforeEach(() => {
  for (const mock of [joined, leave, authenticate]) mock.mockReset();
  joined.mockImplementation(joinAll);
  connection = createFakeConnection();
  let user: Session['user'] = null;
  session = {
    ...{ id: '1', dialect: 'plain', connection },
    get user() {
      return user;
    },
    login(next) {
      user = next;
    },
  };
});

const handle = (name: string, ...args: readonly unknown[]) =>
  dialect.handle(session, { name, args, acknowledge: () => {} });
/** What was written, as the arguments of the client's handlers. */
const received = () => connection.written.map(([packet]) => JSON.parse(String(packet).slice(1)));

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

  it('writes a publication as an event of its own name', () => {
    expect(dialect.encode(published)).toEqual(['2["posted","hello"]']);
    const app = createPlainDialect(contract, '/app', host);
    expect(app.encode(published)).toEqual(['2/app,["posted","hello"]']);
  });

  it.each([
    ['join-event', 'a/b', 'event-a%2Fb'],
    ['join-event', { eventId: '42' }, 'event-42'],
    ['join-user', 'alice', 'user-alice'],
    ['join-global', undefined, 'global'],
    ['join-global', 'whatever', 'global'],
    ['join-event', '../', 'event-..%2F'],
    ['join-event', '\0', 'event-%00'],
    ['join-event', '__proto__', 'event-__proto__'],
  ])('takes %s with %j for the room %s', async (name, target, room) => {
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
  ])('takes no room for join-event and leave-event with %j', async (target) => {
    for (const name of ['join-event', 'leave-event']) {
      await expect(handle(name, target)).rejects.toMatchObject({ code: 'INVALID_ROOM' });
    }
    expect(joined).not.toHaveBeenCalled();
    expect(leave).not.toHaveBeenCalled();
  });

  it('answers a join with the room, says so with room-joined, and then sends the replay', async () => {
    joined.mockImplementation((rooms) => ({ ...joinAll(rooms), replay: [published] }));
    expect(await handle('join-event', '1')).toEqual({
      ...{ room: 'event-1', kind: 'event', eventId: '1', position },
    });
    expect(received()).toEqual([
      ['room-joined', { room: 'event-1', kind: 'event', eventId: '1' }],
      ['posted', 'hello'],
    ]);
  });

  it('answers a refused join with the refusal and says nothing else', async () => {
    const error = { code: 'FORBIDDEN', message: 'Not for you.' };
    joined.mockReturnValue({ results: [{ room: 'staff', status: 'refused', error }], replay: [] });
    await expect(handle('join-staff')).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('Not for you.'),
    });
    expect(connection.written).toEqual([]);
  });

  it('leaves the room that is named', async () => {
    expect(await handle('leave-event', '42')).toBeNull();
    expect(leave.mock.calls).toEqual([['event-42']]);
  });

  it('answers a ping with a pong and its time', async () => {
    expect(await handle('ping')).toEqual({ timestamp: 1_234 });
    expect(received()).toEqual([['pong', { timestamp: 1_234 }]]);
  });

  it('lets a guest log in and joins the rooms of the user', async () => {
    authenticate.mockResolvedValue({ id: 'alice' });
    expect(await handle('authenticate', 'token')).toEqual({ userId: 'alice' });
    expect(authenticate.mock.calls).toEqual([['token']]);
    expect(session.user).toEqual({ id: 'alice' });
    expect(joined.mock.calls).toEqual([[[{ room: 'user-alice' }, { room: 'global' }]]]);
    expect(received().map(([name, { room }]) => [name, room])).toEqual([
      ['room-joined', 'user-alice'],
      ['room-joined', 'global'],
    ]);
  });

  it('renews the token of the same user without joining again', async () => {
    session.login({ id: 'alice', expiresAtMs: 1 });
    authenticate.mockResolvedValue({ id: 'alice', expiresAtMs: 2 });
    await handle('authenticate', 'token');
    expect(session.user).toEqual({ id: 'alice', expiresAtMs: 2 });
    expect(joined).not.toHaveBeenCalled();
  });

  it('does not let a connection change hands', async () => {
    session.login({ id: 'alice' });
    authenticate.mockResolvedValue({ id: 'bob' });
    await expect(handle('authenticate', 'token')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(session.user).toEqual({ id: 'alice' });
  });

  it('stays a guest when the token is refused', async () => {
    authenticate.mockRejectedValue(new RoomcastError('AUTHENTICATION_FAILED', 'no'));
    await expect(handle('authenticate', 'token')).rejects.toThrow('no');
    expect(session.user).toBeNull();
    expect(joined).not.toHaveBeenCalled();
  });

  it('joins the rooms of the user at the beginning, and none for a guest', async () => {
    await dialect.start(session, []);
    expect(received()).toEqual([]);
    session.login({ id: 'alice' });
    await dialect.start(session, []);
    expect(received()).toHaveLength(2);
  });

  it('tells of a room that was taken away, and has no word for a gap', () => {
    const error = { code: 'FORBIDDEN', message: 'Not any more.' };
    dialect.tellRoom(session, { room: 'event-1', status: 'refused', error });
    dialect.tellRoom(session, { room: 'event-2', status: 'gap', reason: 'overflow', position });
    expect(received()).toEqual([['room-left', { room: 'event-1', kind: 'event', eventId: '1' }]]);
  });
});
