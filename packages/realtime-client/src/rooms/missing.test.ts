import {
  clientRequests,
  type Position,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { publicationOf } from '../fakes/publicationOf.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const at = (offset: number, revision = 0, epoch = 'e1'): Position => ({ epoch, offset, revision });
const joined = (
  status: 'fresh' | 'resumed',
  position: Position,
  room = 'event-42',
): RoomResult => ({
  ...{ room, status, position },
});
const gap = (position: Position, missed?: number): RoomResult => ({
  ...{ room: 'event-42', status: 'gap', position, reason: 'expired' },
  ...(missed !== undefined && { missed }),
});

/** A client in the room `event-42`, at the offset 5 and the revision 2. */
async function inRoom() {
  const fake = createFakeClient();
  const room = fake.client.subscribe('event', { eventId: '42' });
  const transport = await fake.connect([joined('fresh', at(5, 2))]);
  fake.heard.length = 0;
  const publish = (...counters: [number, ...number[]]) => {
    const [first, ...rest] = counters.map((counter) => publicationOf('event-42', counter));
    transport.publish(first!, ...rest);
  };
  const asked = () => transport.sent(clientRequests.join);
  const answer = (result: RoomResult) => transport.lastRequest().accept([result]);
  return { ...fake, room, transport, publish, asked, answer };
}

describe('a hole in the stream', () => {
  it('is asked for, once, and nothing behind it is heard until the answer', async () => {
    const { publish, asked, heard, room } = await inRoom();
    publish(6, 8);
    publish(9);
    await settled();
    publish(10);
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42', position: at(6, 2) }]]);
    expect(heard).toEqual(['42: reliable 6']);
    expect(room.state).toEqual({ status: 'joined' });
  });

  it('that the server closes is heard in order and once, and is no recovery', async () => {
    const { publish, answer, heard, recoveries, room } = await inRoom();
    const states: string[] = [];
    room.watchState(({ status }) => states.push(status));
    publish(6, 8, 9);
    await settled();
    answer(joined('resumed', at(9, 2)));
    publish(7, 8, 9);
    publish(9, 10);
    expect(heard).toEqual([6, 7, 8, 9, 10].map((counter) => `42: reliable ${counter}`));
    expect(recoveries).toHaveLength(1);
    expect(states).toEqual([]);
  });

  it('that the server cannot close is one gap, with its reason and count', async () => {
    const { publish, answer, heard, recoveries } = await inRoom();
    publish(8);
    await settled();
    answer(gap(at(8), 3));
    publish(8, 9);
    expect(heard).toEqual(['42: gap expired 3 in stream', '42: reliable 9']);
    expect(recoveries.at(-1)).toMatchObject({ reason: 'expired', during: 'stream' });
  });

  it('in a room that is refused now is a gap before the state', async () => {
    const { publish, answer, heard, room } = await inRoom();
    room.watchState(({ status }) => heard.push(status));
    publish(8);
    await settled();
    answer({ room: 'event-42', status: 'refused', error: { code: 'FORBIDDEN', message: 'No.' } });
    expect(heard).toEqual(['42: gap unauthorized ? in stream', 'refused']);
  });

  it('lets volatile events through while it is asked for', async () => {
    const { publish, heard, transport } = await inRoom();
    publish(8);
    transport.publish(publicationOf('event-42', 0, { delivery: 'volatile' }));
    expect(heard).toEqual(['42: volatile 0']);
  });

  it('in several rooms of one turn is one request', async () => {
    const { client, connect, transport: current } = createFakeClient();
    for (const eventId of ['42', '43']) client.subscribe('event', { eventId });
    const rooms = ['event-42', 'event-43'];
    await connect(rooms.map((room) => joined('fresh', at(5), room)));
    for (const room of rooms) current().publish(publicationOf(room, 9));
    await settled();
    expect(current().sent(clientRequests.join)).toEqual([
      rooms.map((room) => ({ room, position: at(5) })),
    ]);
  });

  it('is part of the next handshake where the connection ends before the answer', async () => {
    const { publish, transport, connect, heard, onError } = await inRoom();
    publish(8);
    await settled();
    transport.fail(new RoomcastError('CONNECTION_LOST', 'The connection ended.'));
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([joined('resumed', at(8, 2))]);
    expect(next.rooms).toEqual([{ room: 'event-42', position: at(5, 2) }]);
    next.publish(publicationOf('event-42', 6), publicationOf('event-42', 7));
    expect(heard).toEqual(['42: resumed', '42: reliable 6', '42: reliable 7']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('is asked for again where the answer does not come in time', async () => {
    const { publish, asked, heard } = await inRoom();
    publish(8);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked()).toHaveLength(2);
    expect(heard).toEqual([]);
  });
});

describe('another epoch', () => {
  it.each(['reliable', 'latest'] as const)('of a %s event is asked for', async (delivery) => {
    const { transport, asked, answer, heard, room } = await inRoom();
    transport.publish(publicationOf('event-42', 1, { epoch: 'e2', delivery }));
    await settled();
    expect(asked()).toEqual([[{ room: 'event-42', position: at(5, 2) }]]);
    answer({ ...gap(at(1, 0, 'e2')), reason: 'epoch-changed' } as RoomResult);
    transport.publish(publicationOf('event-42', 2, { epoch: 'e2' }));
    expect(heard).toEqual(['42: gap epoch-changed ? in stream', '42: reliable 2']);
    expect(room.position).toEqual(at(2, 0, 'e2'));
  });

  it('of a volatile event says nothing about the log', async () => {
    const { transport, asked, heard } = await inRoom();
    transport.publish(publicationOf('event-42', 0, { epoch: 'e2', delivery: 'volatile' }));
    await settled();
    expect(heard).toEqual(['42: volatile 0']);
    expect(asked()).toEqual([]);
  });
});

describe('a server whose answers do not close a hole', () => {
  it('is asked twice, and the third time the hole is a gap', async () => {
    const { publish, asked, answer, heard } = await inRoom();
    for (const _ of [1, 2]) {
      publish(8);
      await settled();
      answer(joined('resumed', at(8, 2)));
    }
    expect(heard).toEqual([]);
    publish(8, 9);
    await settled();
    expect(asked()).toHaveLength(2);
    expect(heard).toEqual(['42: gap overflow 2 in stream', '42: reliable 8', '42: reliable 9']);
  });

  it('of another epoch is a gap of unknown size', async () => {
    const { transport, answer, heard, room } = await inRoom();
    const strange = publicationOf('event-42', 8, { epoch: 'e2' });
    for (const _ of [1, 2]) {
      transport.publish(strange);
      await settled();
      answer(joined('resumed', at(8, 2)));
    }
    transport.publish(strange);
    expect(heard).toEqual(['42: gap epoch-changed ? in stream', '42: reliable 8']);
    expect(room.position).toEqual(at(8, 0, 'e2'));
  });

  it('is not helped by latest values in between, which close nothing', async () => {
    const { publish, transport, asked, answer, heard } = await inRoom();
    for (const revision of [3, 4]) {
      publish(8);
      await settled();
      answer(joined('resumed', at(8, 2)));
      transport.publish(publicationOf('event-42', revision, { delivery: 'latest' }));
    }
    publish(8);
    await settled();
    expect(asked()).toHaveLength(2);
    expect(heard.slice(-2)).toEqual(['42: gap overflow 2 in stream', '42: reliable 8']);
  });

  it.each([
    ['that was closed in between', joined('resumed', at(7, 2)), [6, 7]],
    ['behind a gap', gap(at(7), 2), [] as number[]],
  ])('is asked twice again for a hole %s', async (_, result, closing) => {
    const { publish, asked, answer } = await inRoom();
    publish(8);
    await settled();
    answer(joined('resumed', at(8, 2)));
    publish(8);
    await settled();
    answer(result);
    for (const counter of closing) publish(counter);
    for (const _again of [1, 2]) {
      publish(11);
      await settled();
      answer(joined('resumed', at(11, 2)));
    }
    expect(asked()).toHaveLength(4);
  });
});

describe('while a room is asked for', () => {
  async function asking() {
    const fake = createFakeClient();
    const transport = await fake.connect();
    const room = fake.client.subscribe('event', { eventId: '42' });
    await settled();
    return { ...fake, room, asked: transport.lastRequest(), transport };
  }

  it('what still comes of an earlier use is dropped: the answer is the beginning', async () => {
    const { heard, asked, transport } = await asking();
    for (const counter of [5, 6]) transport.publish(publicationOf('event-42', counter));
    transport.publish(publicationOf('event-42', 0, { delivery: 'volatile' }));
    asked.accept([joined('fresh', at(6))]);
    transport.publish(publicationOf('event-42', 7));
    expect(heard).toEqual(['42: fresh', '42: reliable 7']);
  });

  it('the answer counts from the moment in which it arrives', async () => {
    const { heard, asked, transport } = await asking();
    asked.accept([joined('fresh', at(5))]);
    transport.publish(publicationOf('event-42', 6));
    expect(heard).toEqual(['42: fresh', '42: reliable 6']);
  });

  it('older news of the room changes nothing', async () => {
    const { heard, room, asked, transport } = await asking();
    const error = { code: 'FORBIDDEN', message: 'No.' };
    transport.receive({ type: 'room', result: { room: 'event-42', status: 'refused', error } });
    transport.receive({ type: 'room', result: gap(at(3), 1) });
    expect(room.state).toEqual({ status: 'joining' });
    asked.accept([joined('fresh', at(5))]);
    expect(heard).toEqual(['42: fresh']);
  });
});
