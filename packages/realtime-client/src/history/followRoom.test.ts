import {
  clientRequests,
  type Delivery,
  type Position,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { publicationOf } from '../fakes/publicationOf.ts';
import { followRoom } from './followRoom.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');
const at = (offset: number, revision = 0, epoch = 'e1'): Position => ({ epoch, offset, revision });
const fresh = (position: Position): RoomResult => ({ room: 'event-42', status: 'fresh', position });
const resumed = (position: Position) => ({ ...fresh(position), status: 'resumed' }) as RoomResult;
const gap = (position: Position): RoomResult => ({
  ...{ room: 'event-42', status: 'gap', position, reason: 'overflow', missed: 3 },
});
const refused: RoomResult = {
  ...{ room: 'event-42', status: 'refused', error: { code: 'FORBIDDEN', message: 'No.' } },
};

/** A client that joins the room `event-42` and can be asked to follow it from a snapshot. */
function openRoom() {
  const fake = createFakeClient();
  const heard: string[] = [];
  const follow = (since: Position) =>
    followRoom(fake.client, ['event', { eventId: '42' }], {
      since,
      onPublication: ({ delivery, counter }) => heard.push(`${delivery} ${counter}`),
      onGap: ({ reason, missed }) => heard.push(`gap ${reason} ${missed ?? '?'}`),
    });
  const publish = (counter: number, delivery: Delivery = 'reliable', epoch = 'e1') =>
    fake.transport().publish(publicationOf('event-42', counter, { delivery, epoch }));
  const asked = () => fake.transport().sent(clientRequests.history);
  /** Answers the newest request for history with reliable publications up to an offset. */
  const answer = (from: number, to: number, position: Position) => {
    const publications = Array.from({ length: to - from + 1 }, (_, index) => [
      ...['ticket-purchased', 0, from + index, 0, null],
    ]);
    const isEnd = to === position.offset;
    const next = { ...position, offset: to, revision: isEnd ? position.revision : 0 };
    const { epoch } = position;
    fake
      .transport()
      .lastRequest()
      .accept({ status: 'continued', epoch, publications, next, position });
    return settled();
  };
  return { ...fake, heard, follow, publish, asked, answer };
}

/** A client in the room at a position. */
async function inRoom(position: Position) {
  const stage = openRoom();
  stage.client.subscribe('event', { eventId: '42' });
  await stage.connect([fresh(position)]);
  return stage;
}

const reliable = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `reliable ${from + index}`);

describe('following a room from a snapshot', () => {
  it('where the room stands there hears what comes, and reads nothing', async () => {
    const { follow, publish, heard, asked } = await inRoom(at(5, 2));
    const followed = follow(at(5, 2));
    expect(followed).toMatchObject({ room: 'event-42', state: { status: 'behind' } });
    await settled();
    expect(followed.state).toEqual({ status: 'live' });
    publish(6);
    publish(3, 'latest');
    publish(0, 'volatile');
    expect(heard).toEqual(['reliable 6', 'latest 3', 'volatile 0']);
    expect(followed.position).toEqual(at(6, 3));
    expect(asked()).toEqual([]);
  });

  it('that the room went past reads the rest first, page by page, while live events wait', async () => {
    const { follow, publish, heard, asked, answer } = await inRoom(at(9));
    const followed = follow(at(3));
    await settled();
    expect(asked()).toEqual([{ room: 'event-42', since: at(3) }]);
    publish(10);
    await answer(4, 7, at(10));
    expect(heard).toEqual(reliable(4, 7));
    expect(asked().at(-1)).toEqual({ room: 'event-42', since: at(7) });
    expect(followed.state).toEqual({ status: 'behind' });
    publish(11);
    await answer(8, 10, at(10));
    expect(heard).toEqual(reliable(4, 11));
    publish(12);
    expect(heard).toEqual(reliable(4, 12));
    expect(followed.state).toEqual({ status: 'live' });
    expect(asked()).toHaveLength(2);
  });

  it('that is ahead of the stream waits until the stream has come as far', async () => {
    const { follow, publish, heard, asked } = await inRoom(at(5, 1));
    follow(at(7, 3));
    await settled();
    for (const counter of [6, 7, 8]) publish(counter);
    for (const counter of [2, 3, 4]) publish(counter, 'latest');
    expect(heard).toEqual(['reliable 8', 'latest 4']);
    expect(asked()).toEqual([]);
  });

  it('reads the latest values that the room went past as well', async () => {
    const { follow, heard, asked, transport, publish } = await inRoom(at(5, 4));
    follow(at(5, 2));
    await settled();
    expect(asked()).toEqual([{ room: 'event-42', since: at(5, 2) }]);
    const publications = [['market-update', 1, 4, 0, null]];
    const [next, position] = [at(5, 4), at(5, 4)];
    transport()
      .lastRequest()
      .accept({ status: 'continued', epoch: 'e1', publications, next, position });
    await settled();
    publish(4, 'latest');
    publish(5, 'latest');
    expect(heard).toEqual(['latest 4', 'latest 5']);
  });

  it('is live where the log has nothing more to say of what the room went past', async () => {
    const { follow, asked, transport } = await inRoom(at(5, 4));
    const followed = follow(at(5, 2));
    await settled();
    const [next, position] = [at(5, 4), at(5, 4)];
    transport()
      .lastRequest()
      .accept({ status: 'continued', epoch: 'e1', publications: [], next, position });
    await settled();
    expect(followed).toMatchObject({ state: { status: 'live' }, position });
    expect(asked()).toHaveLength(1);
  });

  it('waits for the room to be joined', async () => {
    const { follow, connect, heard, publish, answer } = openRoom();
    follow(at(3));
    const transport = await connect([fresh(at(4))]);
    expect(transport.requests).toHaveLength(1);
    publish(5);
    await answer(4, 4, at(4));
    expect(heard).toEqual(['reliable 4', 'reliable 5']);
  });

  it('goes on after a reconnect', async () => {
    const { follow, publish, heard, asked, connect, transport } = await inRoom(at(5));
    const followed = follow(at(5));
    await settled();
    publish(6);
    transport().fail(lost);
    expect(followed.state).toEqual({ status: 'behind' });
    await vi.advanceTimersByTimeAsync(100);
    await connect([resumed(at(8))]);
    for (const counter of [7, 8]) publish(counter);
    expect(heard).toEqual(reliable(6, 8));
    expect(asked()).toEqual([]);
    expect(followed.state).toEqual({ status: 'live' });
  });

  it('reads on after a reconnect where the log was being read', async () => {
    const { follow, publish, heard, asked, answer, connect, transport } = await inRoom(at(9));
    follow(at(3));
    await settled();
    await answer(4, 6, at(9));
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    await connect([resumed(at(10))]);
    expect(asked()).toEqual([{ room: 'event-42', since: at(6) }]);
    publish(10);
    await answer(7, 10, at(10));
    expect(heard).toEqual(reliable(4, 10));
  });

  it('reads anew where the room was joined anew while an answer arrived', async () => {
    const { follow, publish, heard, asked, transport } = await inRoom(at(9));
    follow(at(8));
    await settled();
    const [first] = transport().requests;
    const publications = [['ticket-purchased', 0, 9, 0, null]];
    const page = { status: 'continued', epoch: 'e1', publications, next: at(9), position: at(9) };
    first?.accept(page);
    transport().receive({ type: 'room', result: fresh(at(9)) });
    await settled();
    publish(10);
    transport().lastRequest().accept(page);
    await settled();
    publish(11);
    expect(asked()).toHaveLength(2);
    expect(heard).toEqual(reliable(9, 11));
  });

  it('reads what waits from the log too, where too much waits', async () => {
    const { follow, publish, heard, asked, answer } = await inRoom(at(9));
    follow(at(8));
    await settled();
    for (let counter = 10; counter <= 2_011; counter += 1) publish(counter);
    await answer(9, 9, at(9));
    expect(asked().at(-1)).toEqual({ room: 'event-42', since: at(9) });
    for (let from = 10; from <= 2_010; from += 300) {
      await answer(from, Math.min(from + 299, 2_011), at(2_011));
    }
    publish(2_012);
    expect(heard).toEqual(reliable(9, 2_012));
  });
});

describe('a gap', () => {
  it('in the log is told once, and ends the follow', async () => {
    const { follow, publish, heard, transport } = await inRoom(at(9));
    const followed = follow(at(3));
    await settled();
    transport()
      .lastRequest()
      .accept({ status: 'gap', reason: 'expired', missed: 4, position: at(9) });
    await settled();
    publish(10);
    transport().receive({ type: 'room', result: gap(at(12)) });
    expect(heard).toEqual(['gap expired 4']);
    expect(followed.state).toEqual({ status: 'ended', gap: { reason: 'expired', missed: 4 } });
  });

  it('in the stream is told once, and ends the follow', async () => {
    const { follow, publish, heard, transport } = await inRoom(at(5));
    follow(at(5));
    await settled();
    transport().receive({ type: 'room', result: gap(at(8)) });
    publish(9);
    expect(heard).toEqual(['gap overflow 3']);
  });

  it('in the stream of what the snapshot has is none', async () => {
    const { follow, publish, heard, transport } = await inRoom(at(5));
    follow(at(8));
    await settled();
    transport().receive({ type: 'room', result: gap(at(8)) });
    for (const counter of [8, 9]) publish(counter);
    expect(heard).toEqual(['reliable 9']);
  });

  it('is a room that the session may not see, from the beginning or later', async () => {
    const never = openRoom();
    never.follow(at(5));
    await never.connect([refused]);
    expect(never.heard).toEqual(['gap unauthorized ?']);
    const later = await inRoom(at(5));
    later.follow(at(5));
    await settled();
    later.transport().receive({ type: 'room', result: refused });
    expect(later.heard).toEqual(['gap unauthorized ?']);
    const late = await inRoom(at(5));
    late.transport().receive({ type: 'room', result: refused });
    late.follow(at(5));
    expect(late.heard).toEqual([]);
    await settled();
    expect(late.heard).toEqual(['gap unauthorized ?']);
  });

  it('is a log that may not be read', async () => {
    const { follow, heard, transport } = await inRoom(at(9));
    follow(at(3));
    await settled();
    transport().lastRequest().refuse(new RoomcastError('FORBIDDEN', 'No.'));
    await settled();
    expect(heard).toEqual(['gap unauthorized ?']);
  });

  it.each([
    ['ends before where the stream stands', [4, 6, 6], 'gap overflow ?'],
    ['leaves something out', [5, 9, 9], 'gap overflow 1'],
  ] as const)('is a log that %s', async (_, [from, to, end], told) => {
    const { follow, heard, answer } = await inRoom(at(9));
    follow(at(3));
    await settled();
    await answer(from, to, at(end));
    if (to < 9) await answer(7, 6, at(6));
    expect(heard.at(-1)).toBe(told);
  });
});

describe('another epoch', () => {
  it('of the stream is a gap where the log of the snapshot is gone', async () => {
    const { follow, heard, transport } = await inRoom(at(2, 0, 'e2'));
    follow(at(5));
    await settled();
    transport()
      .lastRequest()
      .accept({ status: 'gap', reason: 'epoch-changed', position: at(2, 0, 'e2') });
    await settled();
    expect(heard).toEqual(['gap epoch-changed ?']);
  });

  it('of the snapshot, which the stream has not come to, is waited for', async () => {
    const { follow, heard, publish, answer, transport } = await inRoom(at(5));
    const followed = follow(at(1, 0, 'e2'));
    await settled();
    publish(6);
    await answer(2, 3, at(3, 0, 'e2'));
    expect(followed.state).toEqual({ status: 'live' });
    publish(7);
    expect(heard).toEqual(reliable(2, 3));
    transport().receive({ type: 'room', result: gap(at(3, 0, 'e2')) });
    publish(4, 'reliable', 'e2');
    expect(heard).toEqual(reliable(2, 4));
    expect(followed.state).toEqual({ status: 'live' });
  });
});

describe('a log that cannot be read now', () => {
  it.each(['INTERNAL', 'LIMIT_EXCEEDED', 'TOKEN_EXPIRED'] as const)(
    'because of %s is asked again after a second',
    async (code) => {
      const { follow, heard, asked, answer, transport } = await inRoom(at(9));
      follow(at(8));
      await settled();
      transport().lastRequest().refuse(new RoomcastError(code, 'Not now.'));
      await vi.advanceTimersByTimeAsync(999);
      expect(asked()).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked()).toHaveLength(2);
      await answer(9, 9, at(9));
      expect(heard).toEqual(['reliable 9']);
    },
  );
});

describe('releasing a follow', () => {
  it('gives the room up and hears nothing more; twice is harmless', async () => {
    const { client, follow, heard, connect, publish, transport } = openRoom();
    const followed = follow(at(5));
    await connect([fresh(at(5))]);
    followed.release();
    followed.release();
    publish(6);
    transport().receive({ type: 'room', result: refused });
    expect(heard).toEqual([]);
    expect(followed.state).toEqual({ status: 'ended', gap: null });
    await client.close();
  });

  it('leaves the room where nobody else uses it', async () => {
    const { follow, connect, transport } = openRoom();
    const followed = follow(at(5));
    await connect([fresh(at(5))]);
    followed.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport().sent(clientRequests.leave)).toEqual([['event-42']]);
  });

  it('before it has begun reads nothing', async () => {
    const { follow, asked } = await inRoom(at(9));
    follow(at(3)).release();
    await settled();
    expect(asked()).toEqual([]);
  });

  it.each(['its answer', 'another try'])(
    'while it waits for %s leaves nothing behind',
    async (what) => {
      const { follow, transport, asked, heard, answer } = await inRoom(at(9));
      const followed = follow(at(3));
      await settled();
      if (what === 'another try')
        transport().lastRequest().refuse(new RoomcastError('INTERNAL', '?'));
      await settled();
      followed.release();
      expect(vi.getTimerCount()).toBe(0);
      await answer(4, 9, at(9));
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked()).toHaveLength(1);
      expect(heard).toEqual([]);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it('in the middle of a page hears no more of it', async () => {
    const { client, answer, connect } = openRoom();
    const heard: number[] = [];
    const followed = followRoom(client, ['event', { eventId: '42' }], {
      since: at(3),
      onPublication({ counter }) {
        heard.push(counter);
        followed.release();
      },
      onGap: () => heard.push(-1),
    });
    await connect([fresh(at(9))]);
    await answer(4, 9, at(9));
    expect(heard).toEqual([4]);
  });
});

it('reports what the callbacks throw, and goes on', async () => {
  const { client, answer, publish, connect, onError, transport } = openRoom();
  const failure = new Error('broken');
  const broken = vi.fn(() => {
    throw failure;
  });
  followRoom(client, ['event', { eventId: '42' }], {
    ...{ since: at(3), onPublication: broken, onGap: broken },
  });
  await connect([fresh(at(4))]);
  await answer(4, 4, at(4));
  publish(5);
  transport().receive({ type: 'room', result: gap(at(8)) });
  expect(broken).toHaveBeenCalledTimes(3);
  expect(onError.mock.calls.map(([error, source]) => [error, source])).toEqual([
    [failure, 'onPublication'],
    [failure, 'onPublication'],
    [failure, 'onGap'],
  ]);
});
