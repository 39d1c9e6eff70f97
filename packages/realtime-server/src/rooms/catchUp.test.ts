import type { Position } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeRooms, type FakeRooms } from '../fakes/createFakeRooms.ts';
import type { FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { tellFrames } from '../fakes/tellFrames.ts';

const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };
const room = 'event-1';
let broker: FakeBroker;
let rooms: FakeRooms;
let session: FakeSession;

beforeEach(() => {
  // The fake broker lets a turn of the event loop pass.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  broker = createFakeBroker({ maxPage: 2 });
  rooms = createFakeRooms({ broker });
  session = rooms.connect();
});

afterEach(() => {
  vi.useRealTimers();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));
const written = () => tellFrames(session.connection);
const emit = (...payloads: string[]) => payloads.map((payload) => broker.emit(room, payload));
/** Joins from the beginning of the log; the first read is that of the join itself. */
async function resume(...names: string[]) {
  const requests = (names.length > 0 ? names : [room]).map((name) => ({
    room: name,
    position: start,
  }));
  const results = await rooms.enter(session, ...requests);
  await turn();
  return results;
}

describe('a session that missed nothing', () => {
  it('is live in the turn in which it joins', async () => {
    broker.settleAlways();
    await rooms.join(session, [{ room }], () => {
      queueMicrotask(() => emit('next'));
    });
    expect(written()).toEqual(['event-1: next']);
    expect(broker.asked('read event-1')).toBe(1);
  });

  it('gets what was published between the read and the answer, once', async () => {
    broker = createFakeBroker({ isRemote: true });
    rooms = createFakeRooms({ broker });
    session = rooms.connect();
    const joined = rooms.enter(session, { room, position: start });
    await turn();
    await broker.settle('subscribe event-1');
    await broker.settle('read event-1');
    emit('one', 'two');
    broker.emit(room, 'gone', { delivery: 'volatile' });
    await broker.settle('answer event-1');
    await joined;
    emit('three');
    expect(written()).toEqual(['event-1: one', 'event-1: two', 'event-1: three']);
    expect(session.lags.size).toBe(0);
  });
});

describe('a session that missed something', () => {
  it('gets the page that its join has read, and is live with no other read', async () => {
    broker.settleAlways();
    emit('one', 'two');
    await resume();
    emit('three');
    expect(written()).toEqual(['event-1: one two', 'event-1: three']);
    expect(broker.asked('read event-1')).toBe(1);
  });

  it('reads on behind the page of its join where more was published before that was written', async () => {
    broker.settleAlways();
    emit('one');
    await rooms.join(session, [{ room, position: start }], () => {
      queueMicrotask(() => emit('two'));
    });
    await turn();
    emit('three');
    expect(written()).toEqual(['event-1: one', 'event-1: two', 'event-1: three']);
    expect(broker.asked('read event-1')).toBe(2);
  });

  it('has one page kept for it at most, however many rooms it joins', async () => {
    broker.settleAlways();
    const names = ['event-1', 'event-2', 'event-3'];
    for (const name of names) broker.emit(name, `in ${name}`);
    session.connection.stall();
    await resume(...names);
    // The pages that were shared for a moment are gone.
    vi.advanceTimersByTime(1_000);
    session.connection.drain();
    await turn();
    expect(written()).toEqual(names.map((name) => `${name}: in ${name}`));
    expect(names.map((name) => broker.asked(`read ${name}`))).toEqual([1, 2, 2]);
  });

  it('gets it in pages, in order, and is live then', async () => {
    broker.settleAlways();
    emit('one', 'two', 'three', 'four', 'five');
    await resume();
    expect(written()).toEqual(['event-1: one two', 'event-1: three four', 'event-1: five']);
    emit('six');
    expect(written().at(-1)).toBe('event-1: six');
    expect(session.lags.size).toBe(0);
  });

  it('gets the next page when the one before has left the process', async () => {
    broker.settleAlways();
    emit('one', 'two', 'three', 'four', 'five');
    session.connection.stall();
    await resume();
    expect(written()).toEqual(['event-1: one two']);
    session.connection.drain();
    session.connection.stall();
    await turn();
    expect(written()).toEqual(['event-1: one two', 'event-1: three four']);
    session.connection.drain();
    await turn();
    expect(written()).toHaveLength(3);
  });

  it('gets what is published meanwhile behind the pages', async () => {
    broker.settleAlways();
    emit('one', 'two', 'three');
    session.connection.stall();
    await resume();
    emit('four', 'five');
    expect(written()).toEqual(['event-1: one two']);
    session.connection.drain();
    await turn();
    emit('six');
    expect(written()).toEqual([
      ...['event-1: one two', 'event-1: three four', 'event-1: five', 'event-1: six'],
    ]);
  });

  it('gets what is published between the read of a page and its answer, once', async () => {
    broker = createFakeBroker({ isRemote: true });
    rooms = createFakeRooms({ broker });
    session = rooms.connect();
    emit('one');
    void rooms.enter(session, { room, position: start });
    await turn();
    await broker.settle('subscribe event-1');
    await broker.settle('read event-1');
    await broker.settle('answer event-1');
    // The page of the join is shared, so it was written at once.
    expect(written()).toEqual(['event-1: one']);

    rooms.catchUp.pause(session, room, { ...start, offset: 1 });
    await turn();
    await broker.settle('read event-1');
    emit('two', 'three');
    await broker.settle('answer event-1');
    emit('four');
    expect(written()).toEqual(['event-1: one', 'event-1: two', 'event-1: three', 'event-1: four']);
  });

  it('gets the newest latest values behind all the rest', async () => {
    broker.settleAlways();
    for (const [key, value] of [
      ['a', 'a1'],
      ['b', 'b1'],
      ['a', 'a2'],
    ] as const) {
      broker.emit(room, value, { delivery: 'latest', key });
    }
    emit('one', 'two', 'three');
    await resume();
    expect(written()).toEqual(['event-1: one two', 'event-1: three b1', 'event-1: a2']);
    broker.emit(room, 'a3', { delivery: 'latest', key: 'a' });
    expect(written().at(-1)).toBe('event-1: a3');
  });

  it('gets them as events where it is plain', async () => {
    broker.settleAlways();
    session = rooms.connect('bob', { dialect: 'plain' });
    emit('one', 'two', 'three');
    await rooms.enter(session, { room });
    rooms.catchUp.pause(session, room, start);
    await turn();
    expect(session.connection.written).toEqual([
      ['2["posted","one"]', '2["posted","two"]'],
      ['2["posted","three"]'],
    ]);
  });

  it('gets a page of each room in turn', async () => {
    broker.settleAlways();
    for (const name of ['event-1', 'event-2']) {
      for (const payload of ['one', 'two', 'three']) broker.emit(name, payload);
    }
    await resume('event-1', 'event-2');
    expect(written()).toEqual([
      ...['event-1: one two', 'event-2: one two', 'event-1: three', 'event-2: three'],
    ]);
  });
});

describe('what ends the way', () => {
  beforeEach(() => {
    broker.settleAlways();
    emit('one', 'two', 'three', 'four', 'five');
    session.connection.stall();
  });

  it('leaving', async () => {
    await resume();
    rooms.leave(session, room);
    session.connection.drain();
    await turn();
    expect(written()).toEqual(['event-1: one two']);
    expect(rooms.follower.size).toBe(0);
  });

  it('the end of the connection', async () => {
    await resume();
    const asked = broker.asked('read event-1');
    session.connection.disconnect();
    await turn();
    expect(broker.asked('read event-1')).toBe(asked);
    expect(rooms.follower.size).toBe(0);
  });

  it('the end of the token, until the session goes on with another', async () => {
    await resume();
    session.isExpired = true;
    session.connection.drain();
    await turn();
    expect(written()).toEqual(['event-1: one two']);
    session.isExpired = false;
    await rooms.catchUp.resume(session);
    expect(written()).toEqual(['event-1: one two', 'event-1: three four', 'event-1: five']);
  });

  it('the end of the token, for a page that was read before it', async () => {
    broker = createFakeBroker();
    rooms = createFakeRooms({ broker });
    session = rooms.connect();
    emit('one');
    void rooms.enter(session, { room });
    await turn();
    await broker.settle('subscribe event-1');
    await broker.settle('read event-1');
    rooms.catchUp.pause(session, room, start);
    await turn();
    const read = broker.settle('read event-1');
    session.isExpired = true;
    await read;
    expect(written()).toEqual([]);
    expect(session.lags.get(room)).toEqual({ since: start });
  });

  it('another join from a position, which begins anew there', async () => {
    await resume();
    const [result] = (await rooms.enter(session, {
      room,
      position: { ...start, offset: 3 },
    })) ?? [null];
    expect(result).toMatchObject({ status: 'resumed', position: { offset: 5 } });
    session.connection.drain();
    await turn();
    expect(written()).toEqual(['event-1: one two', 'event-1: four five']);
  });

  it('another join without a position, which goes on from the end', async () => {
    await resume();
    await rooms.enter(session, { room });
    emit('six');
    session.connection.drain();
    await turn();
    expect(written()).toEqual(['event-1: one two', 'event-1: six']);
  });
});

describe('one way for all of a session', () => {
  it('is never gone twice at once', async () => {
    broker.settleAlways();
    emit('one', 'two', 'three');
    session.connection.stall();
    await resume();
    void rooms.catchUp.resume(session);
    void rooms.catchUp.resume(session);
    await turn();
    expect(written()).toEqual(['event-1: one two']);
    session.connection.drain();
    await turn();
    expect(written()).toEqual(['event-1: one two', 'event-1: three']);
  });

  it('ends when nothing is left, and begins again when something is', async () => {
    broker.settleAlways();
    await resume();
    await rooms.catchUp.resume(session);
    const asked = broker.asked('read event-1');
    await rooms.catchUp.resume(session);
    expect(broker.asked('read event-1')).toBe(asked);
    emit('one');
    rooms.catchUp.pause(session, room, start);
    await turn();
    expect(written()).toEqual(['event-1: one', 'event-1: one']);
  });
});
