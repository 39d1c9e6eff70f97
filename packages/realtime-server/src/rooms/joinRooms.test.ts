import { type Position, RoomcastError, type RoomRequest } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFakeRooms,
  type FakeRooms,
  type FakeRoomsOptions,
} from '../fakes/createFakeRooms.ts';
import type { FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { tellFrames } from '../fakes/tellFrames.ts';

const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };
const room = 'event-1';
let broker: FakeBroker;
let rooms: FakeRooms;
let session: FakeSession;

function prepare(options: FakeRoomsOptions = {}) {
  broker = options.broker ?? createFakeBroker();
  rooms = createFakeRooms({ ...options, broker });
  session = rooms.connect();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000 });
  prepare();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets the join come as far as the broker. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const written = () => tellFrames(session.connection);
const enter = (...requests: RoomRequest[]) => rooms.enter(session, ...requests);
const emit = (...payloads: string[]) => payloads.map((payload) => broker.emit(room, payload));

describe('joinRooms', () => {
  it('makes the session a member and says where the rooms stand', async () => {
    broker.settleAlways();
    emit('before');
    expect(await enter({ room }, { room: 'event-2' })).toEqual([
      { room, status: 'fresh', position: { ...start, offset: 1 }, quietForMs: 0 },
      { room: 'event-2', status: 'fresh', position: start },
    ]);
    expect(session.connection.rooms()).toEqual(['event-1', 'event-2']);
  });

  it('answers once the session is a member, in the same turn, and before all of the room', async () => {
    broker.settleAlways();
    emit('before');
    const seen: unknown[] = [];
    await rooms.join(session, [{ room, position: start }], () => {
      seen.push(session.connection.isIn(room), written());
    });
    expect(seen).toEqual([true, []]);
    await turn();
    expect(written()).toEqual(['event-1: before']);
  });

  it('says for how long nothing was published in a room', async () => {
    broker.settleAlways();
    emit('before');
    await vi.advanceTimersByTimeAsync(1_500);
    const results = await enter({ room }, { room: 'event-2' });
    expect(results?.[0]).toMatchObject({ quietForMs: 1_500 });
    expect(results?.[1]).not.toHaveProperty('quietForMs');
    vi.setSystemTime(0);
    expect(await enter({ room })).toMatchObject([{ quietForMs: 0 }]);
  });

  it('counts what became of each room', async () => {
    broker.settleAlways();
    const lost = { ...start, epoch: 'another life' };
    await enter(
      { room },
      { room: 'event-2', position: start },
      { room: 'event-3', position: lost },
    );
    expect(rooms.count.mock.calls.map(([, labels]) => labels)).toEqual([
      { status: 'fresh', reason: 'none' },
      { status: 'resumed', reason: 'none' },
      { status: 'gap', reason: 'epoch-changed' },
    ]);
  });
});

describe('joining from a position', () => {
  beforeEach(() => {
    broker.settleAlways();
    emit('one', 'two', 'three');
  });

  it('is resumed: all that was missed follows, up to where the room stands', async () => {
    const results = await enter({ room, position: { ...start, offset: 1 } });
    expect(results).toMatchObject([{ status: 'resumed', position: { ...start, offset: 3 } }]);
    await turn();
    expect(written()).toEqual(['event-1: two three']);
  });

  it('says that the log has a hole, and joins', async () => {
    broker.trim(room);
    emit('four');
    const results = await enter({ room, position: { ...start, offset: 1 } });
    expect(results).toMatchObject([
      { status: 'gap', reason: 'overflow', missed: 3, position: { ...start, offset: 4 } },
    ]);
    expect(session.connection.isIn(room)).toBe(true);
    emit('five');
    await turn();
    expect(written().join(' ')).toBe('event-1: five');
  });

  it('says that the log is another one, and sends the latest values of that', async () => {
    broker.emit(room, 'price', { delivery: 'latest' });
    const results = await enter({ room, position: { epoch: 'lost', offset: 9, revision: 9 } });
    expect(results).toMatchObject([
      { status: 'gap', reason: 'epoch-changed', position: { ...start, offset: 3, revision: 0 } },
    ]);
    expect(results?.[0]).not.toHaveProperty('missed');
    await turn();
    expect(written()).toEqual(['event-1: price']);
  });

  it('replays no more than the client wants, and sends it the latest values then', async () => {
    broker.emit(room, 'price', { delivery: 'latest' });
    session = rooms.connect('bob', { maxReplay: 2 });
    const within = await enter({ room, position: { ...start, offset: 1 } });
    expect(within).toMatchObject([{ status: 'resumed' }]);
    session = rooms.connect('carol', { maxReplay: 2 });
    const beyond = await enter({ room, position: start });
    expect(beyond).toMatchObject([
      { status: 'gap', reason: 'limit', missed: 3, position: { ...start, offset: 3, revision: 0 } },
    ]);
    await turn();
    expect(written()).toEqual(['event-1: price']);
  });

  it('replays nothing to a client that wants nothing', async () => {
    session = rooms.connect('bob', { maxReplay: 0 });
    const results = await enter({ room, position: start }, { room: 'event-2', position: start });
    expect(results?.map(({ status }) => status)).toEqual(['gap', 'resumed']);
  });
});

describe('joining a room again', () => {
  it.each(['plain', 'plain-compressed'] as const)(
    'sends a %s session nothing twice and leaves nothing out',
    async (dialect) => {
      prepare({ broker: createFakeBroker({ isRemote: true }) });
      session = rooms.connect('bob', { dialect });
      void enter({ room });
      await turn();
      for (const work of ['subscribe', 'read', 'answer']) await broker.settle(`${work} event-1`);
      broker.emit(room, 'price', { delivery: 'latest' });
      emit('one');
      void enter({ room });
      await turn();
      await broker.settle('read event-1');
      emit('two');
      broker.settleAlways();
      await turn();
      emit('three');
      const payloads = session.connection.written.flat().map((packet) => {
        const [, payload] = JSON.parse(String(packet).slice(1));
        return payload;
      });
      // The latest value comes with every `room-joined`.
      expect(payloads).toEqual(['price', 'one', 'two', 'price', 'three']);
    },
  );

  it('does not make a plain session lose what it was still to get', async () => {
    prepare({ broker: createFakeBroker({ maxPage: 1 }) });
    broker.settleAlways();
    session = rooms.connect('bob', { dialect: 'plain' });
    await enter({ room });
    emit('one', 'two', 'three');
    session.connection.stall();
    rooms.catchUp.pause(session, room, { ...start, offset: 1 });
    await turn();
    await enter({ room });
    session.connection.drain();
    await turn();
    emit('four');
    expect(session.connection.written.flat().slice(3)).toEqual([
      ...['2["posted","two"]', '2["posted","three"]', '2["posted","four"]'],
    ]);
  });

  it('begins anew at the answer where the session is framed', async () => {
    prepare({ broker: createFakeBroker({ isRemote: true }) });
    void enter({ room });
    await turn();
    for (const work of ['subscribe', 'read', 'answer']) await broker.settle(`${work} event-1`);
    emit('one');
    const again = enter({ room });
    await turn();
    await broker.settle('read event-1');
    emit('two');
    await broker.settle('answer event-1');
    expect(await again).toMatchObject([{ status: 'fresh', position: { offset: 1 } }]);
    // A framed client goes on from the position of the answer, whatever it got before.
    expect(written()).toEqual(['event-1: one', 'event-1: two', 'event-1: two']);
  });
});

describe('a room that is refused', () => {
  it('is not followed; the others are joined', async () => {
    const refusal = new RoomcastError('FORBIDDEN', 'Not for you.');
    prepare({
      authoriseRooms: async (_, names) =>
        names.map((name) => (name === 'staff' ? { name, refusal } : { name })),
    });
    broker.settleAlways();
    expect(await enter({ room: 'staff' }, { room })).toMatchObject([
      { room: 'staff', status: 'refused', error: { code: 'FORBIDDEN', message: refusal.message } },
      { room, status: 'fresh' },
    ]);
    expect(session.connection.rooms()).toEqual([room]);
    expect(broker.asked('subscribe staff')).toBe(0);
  });

  it('may be one that cannot be followed; the log’s secrets stay its own', async () => {
    const entered = enter({ room }, { room: 'event-2' });
    await turn();
    await broker.settle('subscribe event-1', new Error('secret detail of the log'));
    await broker.settle('subscribe event-2');
    await broker.settle('read event-2');
    const results = await entered;
    expect(results).toMatchObject([
      { room, status: 'refused', error: { code: 'INTERNAL' } },
      { room: 'event-2', status: 'fresh' },
    ]);
    expect(JSON.stringify(results)).not.toContain('secret');
    expect(rooms.follower.size).toBe(1);
  });

  it('may be one whose log cannot be read; nothing stays followed', async () => {
    const entered = enter({ room });
    await turn();
    await broker.settle('subscribe event-1');
    const failure = new RoomcastError('CLOSED', 'The broker is closed.');
    await broker.settle('read event-1', failure);
    // A code of the broker's is about the server's own affairs, and for its log.
    expect(await entered).toMatchObject([{ status: 'refused', error: { code: 'INTERNAL' } }]);
    expect(rooms.report).toHaveBeenCalledExactlyOnceWith(failure, 'reading room "event-1"');
    expect(rooms.follower.size).toBe(0);
    expect(session.connection.rooms()).toEqual([]);
    await vi.waitFor(() => expect(broker.followed).toEqual([]));
  });

  it('may be one too many, by itself, in the order of the request', async () => {
    prepare({ maxRoomsPerSession: 2 });
    broker.settleAlways();
    const results = await enter({ room }, { room: 'event-2' }, { room: 'event-3' });
    expect(results?.map(({ status }) => status)).toEqual(['fresh', 'fresh', 'refused']);
    expect(results?.[2]).toMatchObject({ error: { code: 'LIMIT_EXCEEDED' } });
    expect(broker.asked('subscribe event-3')).toBe(0);
    // A room that it is in already is none too many, and one that it left makes place.
    expect(await enter({ room })).toMatchObject([{ status: 'fresh' }]);
    session.connection.leave('event-2');
    expect(await enter({ room: 'event-3' })).toMatchObject([{ status: 'fresh' }]);
  });

  it('is never an automatic one for being too many', async () => {
    prepare({ maxRoomsPerSession: 1 });
    session = rooms.connect('connection-1', { user: { id: 'alice' } });
    broker.settleAlways();
    const results = await enter({ room }, { room: 'user-alice' }, { room: 'event-2' });
    expect(results?.map(({ status }) => status)).toEqual(['fresh', 'fresh', 'refused']);
  });

  it('is left where the session was in it: it hears no more of what it was refused', async () => {
    const refusal = new RoomcastError('FORBIDDEN', 'Not any more.');
    let isAdmitted = true;
    prepare({
      authoriseRooms: async (_, names) =>
        names.map((name) => (isAdmitted ? { name } : { name, refusal })),
    });
    broker.settleAlways();
    await enter({ room });
    rooms.catchUp.pause(session, room, start);
    isAdmitted = false;
    const seen: boolean[] = [];
    await rooms.join(session, [{ room }], () => seen.push(session.connection.isIn(room)));
    emit('too late');
    await turn();
    expect(written()).toEqual([]);
    expect(session.connection.rooms()).toEqual([]);
    expect(session.lags.size).toBe(0);
    expect(rooms.follower.size).toBe(0);
    // The dialect may want to say so, in the turn in which it happens.
    expect(seen).toEqual([true]);
  });

  it('takes no place from those behind it', async () => {
    const refusal = new RoomcastError('FORBIDDEN', 'Not for you.');
    prepare({
      maxRoomsPerSession: 1,
      authoriseRooms: async (_, names) =>
        names.map((name) => (name === 'staff' ? { name, refusal } : { name })),
    });
    broker.settleAlways();
    const results = await enter({ room: 'staff' }, { room });
    expect(results?.map(({ status }) => status)).toEqual(['refused', 'fresh']);
  });
});

describe('a session that is not there any more', () => {
  it.each(['subscribe', 'read'])(
    'leaves nothing followed and is answered nothing when it goes during %s',
    async (step) => {
      const entered = enter({ room });
      await turn();
      if (step === 'read') await broker.settle('subscribe event-1');
      session.connection.disconnect();
      broker.settleAlways();
      expect(await entered).toBeNull();
      expect(rooms.membership.rooms()).toEqual([]);
      expect(rooms.follower.size).toBe(0);
      await vi.waitFor(() => expect(broker.followed).toEqual([]));
    },
  );

  it.each(['subscribe', 'read'])(
    'joins nothing when its token is over during %s, and is told so',
    async (step) => {
      const answer = vi.fn();
      const joined = rooms.join(session, [{ room }], answer).catch((error: unknown) => error);
      await turn();
      if (step === 'read') await broker.settle('subscribe event-1');
      session.isExpired = true;
      broker.settleAlways();
      expect(await joined).toMatchObject({ code: 'TOKEN_EXPIRED' });
      expect(answer).not.toHaveBeenCalled();
      expect(session.connection.rooms()).toEqual([]);
      expect(rooms.follower.size).toBe(0);
    },
  );

  it('leaves nothing followed when the answer cannot be given', async () => {
    broker.settleAlways();
    const joined = rooms.join(session, [{ room }], () => {
      throw new Error('no answer');
    });
    await expect(joined).rejects.toThrow('no answer');
    session.connection.disconnect();
    expect(rooms.follower.size).toBe(0);
  });
});

describe('rights that change while a session joins', () => {
  it('are asked for again before it becomes a member', async () => {
    let isAdmitted = true;
    const refusal = new RoomcastError('FORBIDDEN', 'Not any more.');
    const authoriseRooms = vi.fn(async (_: unknown, names: readonly string[]) =>
      names.map((name) => (isAdmitted ? { name } : { name, refusal })),
    );
    prepare({ authoriseRooms });
    const entered = enter({ room });
    await turn();
    await broker.settle('subscribe event-1');
    isAdmitted = false;
    session.rightsChanges += 1;
    await broker.settle('read event-1');
    expect(await entered).toMatchObject([{ status: 'refused', error: { code: 'FORBIDDEN' } }]);
    expect(session.connection.rooms()).toEqual([]);
    expect(rooms.follower.size).toBe(0);
    expect(authoriseRooms).toHaveBeenCalledTimes(2);
  });
});
