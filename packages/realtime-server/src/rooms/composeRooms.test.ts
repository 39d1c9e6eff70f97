import type { Position } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeRooms, type FakeRooms } from '../fakes/createFakeRooms.ts';
import type { FakeSession } from '../fakes/createFakeSession.ts';
import { tellFrames } from '../fakes/tellFrames.ts';

const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };
const room = 'event-1';
let rooms: FakeRooms;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  rooms = createFakeRooms();
  rooms.broker.settleAlways();
  rooms.broker.emit(room, 'one');
});

afterEach(() => {
  vi.useRealTimers();
});

/** Lets what was missed be written. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const reads = () => rooms.broker.asked(`read ${room}`);

/** A session that comes back from the beginning of the log, and what it is written. */
async function comeBack(id: string): Promise<FakeSession> {
  const session = rooms.connect(id);
  await rooms.enter(session, { room, position: start });
  await turn();
  return session;
}

describe('sessions that come back to the same position', () => {
  it('share what was read of the log, whatever volatile events pass', async () => {
    const first = await comeBack('1');
    rooms.broker.emit(room, 'alice', { delivery: 'volatile', event: 'typing' });
    const second = await comeBack('2');
    expect(reads()).toBe(1);
    expect(tellFrames(first.connection)).toEqual(['event-1: one', 'event-1: alice']);
    expect(tellFrames(second.connection)).toEqual(['event-1: one']);
  });

  it('get what was published since somebody else came back', async () => {
    await comeBack('1');
    rooms.broker.emit(room, 'two');
    rooms.broker.emit(room, '12', { delivery: 'latest', event: 'price' });
    const second = await comeBack('2');
    expect(tellFrames(second.connection)).toEqual(['event-1: one two 12']);
  });

  it('get what was published while nobody followed the room', async () => {
    const first = await comeBack('1');
    first.connection.leave(room);
    await vi.waitFor(() => expect(rooms.broker.followed).toEqual([]));
    rooms.broker.emit(room, 'unheard');
    const second = await comeBack('2');
    expect(tellFrames(second.connection)).toEqual(['event-1: one unheard']);
  });

  it('get what was published while the room could not be followed', async () => {
    const first = await comeBack('1');
    rooms.broker.lose(room, 'unheard');
    rooms.broker.breakRoom(room, 'overflow');
    const second = await comeBack('2');
    expect(tellFrames(first.connection)).toEqual(['event-1: one', 'event-1: unheard']);
    expect(tellFrames(second.connection)).toEqual(['event-1: one unheard']);
  });
});

it('a replay and a piece of history are charged to the same budget', async () => {
  rooms = createFakeRooms({ replayBytesPerMinute: 200 });
  rooms.broker.settleAlways();
  rooms.broker.emit(room, 'x'.repeat(100));
  const session = await comeBack('1');
  expect(tellFrames(session.connection)).toHaveLength(1);
  const history = await rooms.history(session, { room, since: start, limit: 300 });
  expect(history).toMatchObject({ status: 'gap', reason: 'limit', missed: 1 });
});
