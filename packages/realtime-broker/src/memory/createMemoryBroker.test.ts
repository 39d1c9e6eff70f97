import {
  type Clock,
  isRoomcastError,
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
    expect(await broker.read('event-1', position, 10)).toMatchObject({
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

  test.each([0, -1, 1.5, Number.NaN])('%d is refused', (maxRooms) => {
    expect(() => createMemoryBroker({ maxRooms })).toThrow(
      expect.objectContaining({ code: 'INVALID_CONFIG' }),
    );
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
  await expect(broker.read('event-1', null, 10)).rejects.toSatisfy(isClosed);
});
