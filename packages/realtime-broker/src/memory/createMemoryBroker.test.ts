import {
  type Clock,
  isRoomcastError,
  type Position,
  type Publication,
  type PublicationInput,
} from '@roomcast/realtime-contract';
import { describe, expect, test, vi } from 'vitest';
import type { Broker } from '../broker.ts';
import { createMemoryBroker } from './createMemoryBroker.ts';

const ticket = (room: string, rest: Partial<PublicationInput> = {}): PublicationInput => ({
  room,
  event: 'ticket-purchased',
  payload: { ticketId: 't-1' },
  delivery: 'reliable',
  ...rest,
});

const limits = { maxPublications: 100, maxBytes: 1_000_000 };

/** A payload of so many bytes as JSON. */
const bytes = (count: number) => 'x'.repeat(count - 2);

async function payloadsAfter(broker: Broker, room: string, since: Position | null) {
  const result = await broker.read(room, since, limits);
  if (result.status === 'gap') return result.reason;
  return result.publications.map(({ payload }) => payload);
}

async function follow(broker: Broker, room: string) {
  const heard: Publication[] = [];
  const onPublication = (publication: Publication) => heard.push(publication);
  const subscription = await broker.subscribe(room, { onPublication, onGap: () => {} });
  return { heard, subscription };
}

function fakeClock(startMs: number) {
  let nowMs = startMs;
  const clock: Clock = { now: () => nowMs, schedule: () => () => {} };
  const advance = (byMs: number) => {
    nowMs += byMs;
  };
  return { clock, advance };
}

describe('time', () => {
  test('the clock says when a publication was published', async () => {
    const { clock, advance } = fakeClock(5_000);
    const broker = createMemoryBroker({ clock });
    const { heard } = await follow(broker, 'event-1');
    await broker.publish(ticket('event-1'));
    advance(250);
    await broker.publish(ticket('event-1'));
    expect(heard.map(({ publishedAtMs }) => publishedAtMs)).toEqual([5_000, 5_250]);
  });

  test('a key is published again once its window is over', async () => {
    const { clock, advance } = fakeClock(0);
    const broker = createMemoryBroker({ clock });
    const retry = () => broker.publish(ticket('event-1', { idempotencyKey: 'order-1' }));
    const first = await retry();
    advance(299_999);
    expect(await retry()).toEqual(first);
    advance(1);
    expect((await retry()).position.offset).toBe(2);
  });
});

describe('maxRooms', () => {
  test('the longest quiet room is forgotten and begins a new epoch', async () => {
    const broker = createMemoryBroker({ maxRooms: 2 });
    const first = await broker.publish(ticket('event-1'));
    const second = await broker.publish(ticket('event-2'));
    await broker.publish(ticket('event-3'));
    expect(await broker.position('event-2')).toEqual(second.position);
    const anew = await broker.position('event-1');
    expect(anew).toMatchObject({ offset: 0, revision: 0 });
    expect(anew.epoch).not.toBe(first.position.epoch);
  });

  test('a room that is used stays longer than one that is quiet', async () => {
    const broker = createMemoryBroker({ maxRooms: 2 });
    const first = await broker.publish(ticket('event-1'));
    await broker.publish(ticket('event-2'));
    await broker.position('event-1');
    await broker.publish(ticket('event-3'));
    expect(await broker.position('event-1')).toEqual(first.position);
  });

  test('somebody who knew a forgotten room is told that its epoch changed', async () => {
    const broker = createMemoryBroker({ maxRooms: 1 });
    const { position } = await broker.publish(ticket('event-1'));
    await broker.publish(ticket('event-2'));
    expect(await broker.read('event-1', position, limits)).toMatchObject({
      status: 'gap',
      reason: 'epoch-changed',
    });
  });

  test('a room with followers is never forgotten', async () => {
    const broker = createMemoryBroker({ maxRooms: 1 });
    const { heard, subscription } = await follow(broker, 'event-1');
    for (const room of ['event-2', 'event-3', 'event-4']) await broker.publish(ticket(room));
    await broker.publish(ticket('event-1'));
    expect(heard.map(({ position }) => position)).toEqual([
      { ...subscription.position, offset: 1 },
    ]);
  });

  test('a room that is followed when all others are too is not forgotten either', async () => {
    const broker = createMemoryBroker({ maxRooms: 1 });
    await follow(broker, 'event-1');
    const { heard } = await follow(broker, 'event-2');
    await broker.publish(ticket('event-2'));
    expect(heard).toHaveLength(1);
  });

  test('rooms above the limit are forgotten once their followers are gone', async () => {
    const broker = createMemoryBroker({ maxRooms: 1 });
    const followers = [];
    for (const room of ['event-1', 'event-2', 'event-3']) {
      followers.push(await follow(broker, room));
      await broker.publish(ticket(room));
    }
    for (const { subscription } of followers) subscription.unsubscribe();
    await broker.publish(ticket('event-3'));
    expect((await broker.position('event-3')).offset).toBe(2);
    expect((await broker.position('event-1')).offset).toBe(0);
    expect((await broker.position('event-2')).offset).toBe(0);
  });
});

describe('maxTotalBytes', () => {
  test('a room is as quiet as any other once its follower is gone', async () => {
    const broker = createMemoryBroker({ maxTotalBytes: 250 });
    const { subscription } = await follow(broker, 'event-1');
    await broker.publish(ticket('event-1', { payload: bytes(100) }));
    await broker.publish(ticket('event-2', { payload: bytes(100) }));
    subscription.unsubscribe();
    await broker.position('event-2');
    await broker.publish(ticket('event-3', { payload: bytes(100) }));
    expect(await payloadsAfter(broker, 'event-1', subscription.position)).toBe('overflow');
  });

  test('whoever unsubscribes twice does not make a room look used', async () => {
    const broker = createMemoryBroker({ maxTotalBytes: 250 });
    const { subscription } = await follow(broker, 'event-1');
    await broker.publish(ticket('event-1', { payload: bytes(100) }));
    subscription.unsubscribe();
    await broker.publish(ticket('event-2', { payload: bytes(100) }));
    subscription.unsubscribe();
    await broker.publish(ticket('event-3', { payload: bytes(100) }));
    expect(await payloadsAfter(broker, 'event-1', subscription.position)).toBe('overflow');
  });

  test('latest values count too, and are not lost in silence', async () => {
    const broker = createMemoryBroker({ maxTotalBytes: 250 });
    const latest = { delivery: 'latest', payload: bytes(100) } as const;
    const { position } = await broker.publish(ticket('event-1', { ...latest, key: 'a' }));
    await broker.publish(ticket('event-1', { ...latest, key: 'b' }));
    await broker.publish(ticket('event-2', latest));
    expect(await payloadsAfter(broker, 'event-1', null)).toEqual([]);
    expect(await broker.read('event-1', position, limits)).toMatchObject({
      ...{ status: 'gap', reason: 'overflow', missed: 0 },
      next: { ...position, revision: 2 },
    });
  });

  test('what expired in quiet rooms makes room before anything else has to go', async () => {
    const { clock, advance } = fakeClock(0);
    const broker = createMemoryBroker({ clock, maxTotalBytes: 350, history: { maxAgeMs: 1_000 } });
    await follow(broker, 'event-1');
    for (const _ of [1, 2]) await broker.publish(ticket('event-1', { payload: bytes(100) }));
    advance(1_000);
    const start = await broker.position('event-2');
    for (const _ of [1, 2, 3]) await broker.publish(ticket('event-2', { payload: bytes(100) }));
    expect(await payloadsAfter(broker, 'event-2', start)).toHaveLength(3);
  });

  test('a forgotten room takes no place', async () => {
    const broker = createMemoryBroker({ maxRooms: 1, maxTotalBytes: 250 });
    for (const _ of [1, 2]) await broker.publish(ticket('event-1', { payload: bytes(100) }));
    const start = await broker.position('event-2');
    for (const _ of [1, 2]) await broker.publish(ticket('event-2', { payload: bytes(100) }));
    expect(await payloadsAfter(broker, 'event-2', start)).toHaveLength(2);
  });
});

describe('payloads', () => {
  test('a removal needs no payload, and followers hear of none', async () => {
    const broker = createMemoryBroker();
    const { heard } = await follow(broker, 'event-1');
    const removal = { delivery: 'latest', key: 'a', removed: true } as const;
    await broker.publish(ticket('event-1', { ...removal, payload: undefined }));
    await broker.publish(ticket('event-1', { ...removal, payload: 'old' }));
    expect(heard).toMatchObject([
      { payload: null, removed: true },
      { payload: null, removed: true },
    ]);
  });

  test('followers hear the very object that was published', async () => {
    const broker = createMemoryBroker();
    const { heard } = await follow(broker, 'event-1');
    const payload = { ticketId: 't-1' };
    await broker.publish(ticket('event-1', { payload }));
    expect(heard[0]?.payload).toBe(payload);
  });

  test('a payload that publishes while it is written comes second', async () => {
    const broker = createMemoryBroker();
    const { heard } = await follow(broker, 'event-1');
    const toJSON = () => {
      void broker.publish(ticket('event-1', { payload: 'inner' }));
      return 'outer';
    };
    await broker.publish(ticket('event-1', { payload: { toJSON } }));
    expect(heard.map(({ position }) => position.offset)).toEqual([1, 2]);
    const start = { ...(await broker.position('event-1')), offset: 0 };
    expect(await payloadsAfter(broker, 'event-1', start)).toEqual(['inner', 'outer']);
  });
});

describe('onError', () => {
  test('receives what a listener throws or rejects with', async () => {
    const onError = vi.fn();
    const broker = createMemoryBroker({ onError });
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    const throwing = () => {
      throw thrown;
    };
    await broker.subscribe('event-1', { onPublication: throwing, onGap: () => {} });
    await broker.subscribe('event-1', {
      onPublication: async () => Promise.reject(rejected),
      onGap: () => {},
    });
    await broker.publish(ticket('event-1'));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(onError).toHaveBeenCalledWith(thrown, 'onPublication');
    expect(onError).toHaveBeenCalledWith(rejected, 'onPublication');
  });
});

test('two brokers never share an epoch', async () => {
  const brokers = Array.from({ length: 100 }, () => createMemoryBroker());
  const positions = await Promise.all(brokers.map((broker) => broker.position('event-1')));
  expect(new Set(positions.map(({ epoch }) => epoch)).size).toBe(brokers.length);
});

test('a listener that closes the broker is the last one to hear anything', async () => {
  const broker = createMemoryBroker();
  const closing = vi.fn(() => void broker.close());
  await broker.subscribe('event-1', { onPublication: closing, onGap: () => {} });
  const { heard } = await follow(broker, 'event-1');
  await broker.publish(ticket('event-1'));
  expect(closing).toHaveBeenCalledTimes(1);
  expect(heard).toEqual([]);
});

test('reading is refused too once the broker is closed', async () => {
  const broker = createMemoryBroker();
  await broker.close();
  const isClosed = (error: unknown) => isRoomcastError(error, 'CLOSED');
  await expect(broker.position('event-1')).rejects.toSatisfy(isClosed);
  await expect(broker.read('event-1', null, limits)).rejects.toSatisfy(isClosed);
});
