import {
  clientRequests,
  type Frame,
  type Position,
  type Publication,
  parseFrame,
  type RoomRequest,
} from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection, type FakeConnection } from '../fakes/fakeConnection.ts';
import type { JoinOutcome } from '../rooms/joinRooms.ts';
import type { Session } from '../session/session.ts';
import { createFramedDialect } from './framedDialect.ts';

const contract = createTestContract();
const position: Position = { epoch: 'one', offset: 1, revision: 0 };
const published: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position, publishedAtMs: 5 },
};

let connection: FakeConnection;
const joined = vi.fn<(rooms: readonly RoomRequest[]) => JoinOutcome>();
const leave = vi.fn();
/** Frames and answers in the order in which they were written. */
let written: unknown[];

const dialect = createFramedDialect(contract, {
  join: async (_, rooms, answer) => answer(joined(rooms)),
  leave: (_, room) => leave(room),
});

const sessionOf = (user: Session['user']): Session => ({
  ...{ id: '1', dialect: 'framed', user, connection },
  login: () => {},
});

beforeEach(() => {
  leave.mockReset();
  joined.mockReset();
  joined.mockImplementation((rooms) => ({
    results: rooms.map(({ room }) => ({ room, status: 'fresh', position })),
    replay: [published],
  }));
  written = [];
  connection = createFakeConnection();
  connection.write = ([frame]) => void written.push(parseFrame(String(frame)));
});

const frames = () => written as Frame[];
const handle = (name: string, ...args: readonly unknown[]) =>
  dialect.handle(sessionOf(null), {
    name,
    args,
    acknowledge: (answer) => void written.push({ answer }),
  });

describe('the framed dialect', () => {
  it('knows its two requests and takes everything else for an action', () => {
    expect(dialect.handles(clientRequests.join)).toBe(true);
    expect(dialect.handles(clientRequests.leave)).toBe(true);
    for (const name of ['authenticate', 'join-event', 'ping', 'shout', 'roomcast:', '']) {
      expect(dialect.handles(name)).toBe(false);
    }
  });

  it('begins with a welcome that says all there is to know, then sends the replay', async () => {
    await dialect.start(sessionOf({ id: 'alice', expiresAtMs: 99 }), [{ room: 'event-1' }]);
    expect(frames()).toMatchObject([
      {
        type: 'welcome',
        session: expect.stringMatching(/^[\w-]{22}$/),
        user: 'alice',
        tokenExpiresAtMs: 99,
        fingerprint: contract.fingerprint,
        rooms: [{ room: 'event-1' }, { room: 'user-alice' }, { room: 'global' }],
      },
      { type: 'publications', room: 'event-1', publications: [{ payload: 'hello', counter: 1 }] },
    ]);
  });

  it('names each session anew, and never after its connection', async () => {
    await dialect.start(sessionOf(null), []);
    await dialect.start(sessionOf(null), []);
    const names = frames().flatMap((frame) => (frame.type === 'welcome' ? frame.session : []));
    expect(new Set(names).size).toBe(2);
    expect(names).not.toContain('1');
  });

  it('welcomes a guest without user, expiry and rooms', async () => {
    await dialect.start(sessionOf(null), []);
    expect(frames()[0]).toMatchObject({ user: null, tokenExpiresAtMs: null, rooms: [] });
  });

  it('asks once for a room that is automatic and in the handshake, from its position', async () => {
    await dialect.start(sessionOf({ id: 'alice' }), [{ room: 'global', position }]);
    expect(joined.mock.calls).toEqual([[[{ room: 'global', position }, { room: 'user-alice' }]]]);
  });

  it('answers a join before it sends anything of the room', async () => {
    await handle(clientRequests.join, [{ room: 'event-1' }]);
    expect(written).toEqual([
      { answer: { ok: true, value: [{ room: 'event-1', status: 'fresh', position }] } },
      expect.objectContaining({ type: 'publications' }),
    ]);
  });

  it.each([
    undefined,
    null,
    'event-1',
    {},
    ['event-1'],
    [{ room: 7 }],
    [{ room: 'x'.repeat(256) }],
    [{ room: 'event-1', position: { epoch: 'one', offset: -1, revision: 0 } }],
    [{ room: 'event-1' }, { room: 'event-1' }],
    Array.from({ length: 129 }, (_, index) => ({ room: `event-${index}` })),
  ])('refuses to join %j', async (rooms) => {
    await expect(handle(clientRequests.join, rooms)).rejects.toMatchObject({
      code: 'INVALID_HANDSHAKE',
    });
    expect(joined).not.toHaveBeenCalled();
  });

  it('leaves the rooms that are named', async () => {
    expect(await handle(clientRequests.leave, ['event-1', 'event-2'])).toBeNull();
    expect(leave.mock.calls).toEqual([['event-1'], ['event-2']]);
  });

  it.each([undefined, 'event-1', [7], [['event-1']]])('refuses to leave %j', async (rooms) => {
    await expect(handle(clientRequests.leave, rooms)).rejects.toMatchObject({
      code: 'INVALID_ROOM',
    });
    expect(leave).not.toHaveBeenCalled();
  });

  it('tells of a room that broke', () => {
    const result = { room: 'event-1', status: 'gap', reason: 'overflow', position } as const;
    dialect.tellRoom(sessionOf(null), result);
    expect(frames()).toEqual([{ type: 'room', result }]);
  });
});
