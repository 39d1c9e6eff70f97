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
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  prepare(createFakeBroker({ maxPage: 2 }));
});

afterEach(() => {
  vi.useRealTimers();
});

function prepare(nextBroker: FakeBroker, options: Parameters<typeof createFakeRooms>[0] = {}) {
  broker = nextBroker;
  rooms = createFakeRooms({ ...options, broker });
  session = rooms.connect();
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const written = () => tellFrames(session.connection);
const emit = (...payloads: string[]) => payloads.map((payload) => broker.emit(room, payload));

describe('a log that lost what was still to come', () => {
  it('is told of as a gap, behind which the latest values follow', async () => {
    broker.settleAlways();
    emit('one', 'two', 'three', 'four');
    broker.emit(room, 'price', { delivery: 'latest' });
    session.connection.stall();
    await rooms.enter(session, { room, position: start });
    await turn();
    emit('five');
    broker.trim(room);
    session.connection.drain();
    await turn();
    emit('six');
    expect(written()).toEqual([
      ...['event-1: one two', 'event-1: gap overflow 3 @5', 'event-1: price', 'event-1: six'],
    ]);
    expect(rooms.count.mock.calls.map(([name, labels]) => [name, labels])).toEqual([
      ['roomcast_room_results_total', { status: 'resumed', reason: 'none' }],
      ['roomcast_room_results_total', { status: 'gap', reason: 'overflow' }],
    ]);
  });

  it('is passed over in silence where the session is plain', async () => {
    broker.settleAlways();
    session = rooms.connect('bob', { dialect: 'plain' });
    await rooms.enter(session, { room });
    emit('one', 'two');
    broker.trim(room);
    rooms.catchUp.pause(session, room, start);
    await turn();
    emit('three');
    const packets = session.connection.written.flat();
    expect(packets).toEqual(['2["posted","one"]', '2["posted","two"]', '2["posted","three"]']);
  });

  it('may have begun another life', async () => {
    broker.settleAlways();
    await rooms.enter(session, { room });
    emit('one', 'two');
    broker.restart(room);
    broker.breakRoom(room, 'epoch-changed');
    await turn();
    emit('anew');
    expect(written()).toEqual([
      ...['event-1: one', 'event-1: two', 'event-1: gap epoch-changed ? @0', 'event-1: anew'],
    ]);
  });
});

describe('a follower that missed something', () => {
  it('makes the members read it from the log', async () => {
    broker.settleAlways();
    await rooms.enter(session, { room });
    emit('one');
    broker.lose(room, 'two');
    broker.breakRoom(room, 'overflow');
    await turn();
    emit('three');
    expect(written()).toEqual(['event-1: one', 'event-1: two', 'event-1: three']);
  });

  it.each([
    ['while somebody joins', 'join'],
    ['while a page is read', 'page'],
  ])('makes whoever is on the way read it too: %s', async (_, during) => {
    prepare(createFakeBroker({ isRemote: true }));
    emit('one');
    const since = { ...start, offset: during === 'join' ? 1 : 0 };
    void rooms.enter(session, { room, position: since });
    await turn();
    await broker.settle('subscribe event-1');
    if (during === 'page') {
      await broker.settle('read event-1');
      await broker.settle('answer event-1');
      rooms.catchUp.pause(session, room, { ...start, offset: 1 });
      await turn();
    }
    await broker.settle('read event-1');
    broker.lose(room, 'lost');
    broker.breakRoom(room, 'overflow');
    emit('heard');
    broker.settleAlways();
    await turn();
    const [page, ...rest] = during === 'join' ? ['event-1: one', ...written()] : written();
    expect(page).toBe('event-1: one');
    expect(rest.join(' ').replaceAll('event-1: ', '')).toBe('lost heard');
  });

  it('has nothing in store for whoever comes after it stopped following', async () => {
    broker.settleAlways();
    const bob = rooms.connect('bob');
    emit('one');
    await rooms.enter(bob, { room, position: start });
    bob.connection.disconnect();
    await vi.waitFor(() => expect(broker.followed).toEqual([]));
    broker.lose(room, 'two');
    await rooms.enter(session, { room, position: start });
    await turn();
    emit('three');
    expect(written().join(' ').replaceAll('event-1: ', '')).toBe('one two three');
  });
});

describe('a log that cannot be read', () => {
  beforeEach(() => {
    emit('one', 'two', 'three');
    broker.emit('event-2', 'other');
  });

  /** Joins while everything works, and lets the next reads wait. */
  async function fallBehind(...names: string[]) {
    void rooms.enter(session, ...names.map((name) => ({ room: name })));
    await turn();
    for (const name of names) await broker.settle(`subscribe ${name}`);
    for (const name of names) await broker.settle(`read ${name}`);
    await vi.advanceTimersByTimeAsync(1_000);
    for (const name of names) rooms.catchUp.pause(session, name, start);
    await turn();
  }

  it('is tried again after a second, and the failure reported', async () => {
    await fallBehind('event-1');
    const error = new Error('the log is down');
    await broker.settle('read event-1', error);
    expect(rooms.report.mock.calls).toEqual([[error, 'catching up']]);
    await vi.advanceTimersByTimeAsync(999);
    await turn();
    expect(broker.waiting).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await turn();
    broker.settleAlways();
    await turn();
    expect(written()).toEqual(['event-1: one two', 'event-1: three']);
  });

  it('does not keep the other rooms waiting for it to recover', async () => {
    await fallBehind('event-1', 'event-2');
    await broker.settle('read event-1', new Error('the log is down'));
    await vi.advanceTimersByTimeAsync(1_000);
    await turn();
    await broker.settle('read event-2');
    expect(written()).toEqual(['event-2: other']);
    await broker.settle('read event-1');
    expect(written().at(-1)).toBe('event-1: one two');
  });

  it('is not tried again for a session that is gone, or has left', async () => {
    await fallBehind('event-1');
    await broker.settle('read event-1', new Error('the log is down'));
    session.connection.disconnect();
    await vi.advanceTimersByTimeAsync(1_000);
    await turn();
    expect(broker.waiting).toEqual([]);
    expect(rooms.follower.size).toBe(0);
  });
});

describe('a replay that costs more than the user has left', () => {
  it('is a gap with the reason limit and the number missed, and the session is live then', async () => {
    prepare(createFakeBroker({ maxPage: 2 }), { replayBytesPerMinute: 200 });
    broker.settleAlways();
    emit('1'.repeat(50), '2'.repeat(50), '3'.repeat(50), '4');
    await rooms.enter(session, { room, position: start });
    await turn();
    emit('live');
    expect(written()).toEqual([
      `event-1: ${'1'.repeat(50)} ${'2'.repeat(50)}`,
      'event-1: gap limit 2 @4',
      'event-1: live',
    ]);
  });
});
