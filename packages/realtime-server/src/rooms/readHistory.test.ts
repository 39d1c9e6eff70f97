import { type Position, parseHistory, RoomcastError } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFakeRooms,
  type FakeRooms,
  type FakeRoomsOptions,
} from '../fakes/createFakeRooms.ts';
import type { FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { tellFrames } from '../fakes/tellFrames.ts';
import { maxPageBytes } from './roomPages.ts';

const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };
const room = 'event-1';
let broker: FakeBroker;
let rooms: FakeRooms;
let session: FakeSession;

function prepare(options: FakeRoomsOptions = {}) {
  broker = createFakeBroker();
  rooms = createFakeRooms({ ...options, broker });
  session = rooms.connect();
  for (const payload of ['one', 'two', 'three']) broker.emit(room, payload);
}

beforeEach(() => prepare());

/** As the client reads it from the wire. */
const history = async (since: Position = start, limit = 300) =>
  parseHistory(JSON.parse(JSON.stringify(await rooms.history(session, { room, since, limit }))));
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('readHistory', () => {
  it('answers with what follows a position, and where to read on', async () => {
    broker.settleAlways();
    const end = { ...start, offset: 3 };
    const payloads = (answer: Awaited<ReturnType<typeof history>>) =>
      answer.status === 'continued' && answer.publications.map(({ payload }) => payload);
    const first = await history(start, 2);
    expect(first).toMatchObject({ epoch: 'epoch-1', next: { offset: 2 }, position: end });
    expect(payloads(first)).toEqual(['one', 'two']);
    const second = await history({ ...start, offset: 2 }, 2);
    expect(second).toMatchObject({ next: end, position: end });
    expect(payloads(second)).toEqual(['three']);
    expect(await history(end)).toMatchObject({ status: 'continued', publications: [], next: end });
  });

  it('asks the log for no more than a page', async () => {
    broker.settleAlways();
    const read = vi.spyOn(broker, 'read');
    await history(start, 7);
    expect(read.mock.calls).toEqual([
      [room, start, { maxPublications: 7, maxBytes: maxPageBytes }],
    ]);
  });

  it('joins nothing and follows nothing', async () => {
    broker.settleAlways();
    await history();
    expect(session.connection.rooms()).toEqual([]);
    expect(broker.asked('subscribe event-1')).toBe(0);
    expect(rooms.follower.size).toBe(0);
  });

  it('is authorised as a join, before the log is asked', async () => {
    const refusal = new RoomcastError('FORBIDDEN', 'Not for you.');
    prepare({ authoriseRooms: async (_, names) => names.map((name) => ({ name, refusal })) });
    await expect(history()).rejects.toBe(refusal);
    expect(broker.asked('read event-1')).toBe(0);
  });

  it('says where the log does not reach back', async () => {
    broker.settleAlways();
    broker.trim(room);
    expect(await history({ ...start, offset: 1 })).toEqual({
      ...{ status: 'gap', reason: 'overflow', missed: 2, position: { ...start, offset: 3 } },
    });
    const lost = await history({ ...start, epoch: 'another life' });
    expect(lost).toMatchObject({ reason: 'epoch-changed', position: { epoch: 'epoch-1' } });
    expect(lost).not.toHaveProperty('missed');
  });

  it('is charged to the same budget as the replay', async () => {
    prepare({ replayBytesPerMinute: 400 });
    broker.settleAlways();
    expect(await history()).toMatchObject({ status: 'continued' });
    expect(await history()).toEqual({
      ...{ status: 'gap', reason: 'limit', missed: 3, position: { ...start, offset: 3 } },
    });
    // The end of the log costs nothing.
    expect(await history({ ...start, offset: 3 })).toMatchObject({ status: 'continued' });
    await rooms.enter(session, { room, position: start });
    await turn();
    expect(tellFrames(session.connection)).toEqual(['event-1: gap limit 3 @3']);
  });

  it('answers nothing once the token is over', async () => {
    const answer = history();
    await turn();
    session.isExpired = true;
    const refused = expect(answer).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    await broker.settle('read event-1');
    await refused;
  });

  it('asks again for rights that changed while the log was read', async () => {
    const refusal = new RoomcastError('FORBIDDEN', 'Not any more.');
    let isAdmitted = true;
    prepare({
      authoriseRooms: async (_, names) =>
        names.map((name) => (isAdmitted ? { name } : { name, refusal })),
    });
    const answer = history();
    const refused = expect(answer).rejects.toBe(refusal);
    await turn();
    isAdmitted = false;
    session.rightsChanges += 1;
    await broker.settle('read event-1');
    await refused;
  });
});
