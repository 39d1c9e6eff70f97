import { createMemoryBroker, type ReadResult } from '@roomcast/realtime-broker';
import {
  type Position,
  type Publication,
  type PublicationInput,
  systemClock,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RoomFeed } from './roomFeed.ts';

const room = 'event-1';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A feed of a room whose log is whole, while its news come as the test lets them. */
async function openFeed(maxPublications = 500) {
  const log = createMemoryBroker({ history: { maxPublications } });
  const news: Publication[] = [];
  const heard: unknown[] = [];
  const failed: unknown[] = [];
  let beforeRead: () => Promise<void> = async () => {};
  const start = await log.subscribe(room, {
    onPublication: (publication) => news.push(publication),
    onGap: () => {},
  });
  const read = vi.fn(async (...args: Parameters<typeof log.read>): Promise<ReadResult> => {
    await beforeRead();
    return log.read(...args);
  });
  const feed = new RoomFeed(room, {
    ...{ read, clock: systemClock },
    onError: (error) => failed.push(error),
  });
  feed.followers.add({
    onPublication: ({ payload }) => heard.push(payload),
    onGap: (reason, now) => heard.push(`${reason} ${now.offset}`),
  });
  feed.listen();
  feed.begin(start.position);
  return {
    ...{ feed, log, read, heard, failed, start: start.position },
    async publish(payload: unknown, rest: Partial<PublicationInput> = {}) {
      await log.publish({ room, event: 'sold', payload, delivery: 'reliable', ...rest });
      const publication = news.at(-1);
      if (!publication) throw new Error('The log told nothing.');
      return publication;
    },
    onRead(callback: () => Promise<void>) {
      beforeRead = callback;
    },
  };
}

/** Until the readings of now have come to their end. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

describe('a feed', () => {
  it('hands on what is next without reading the log', async () => {
    const { feed, publish, read, heard } = await openFeed();
    for (const payload of [1, 2]) feed.hear(await publish(payload));
    feed.hear(await publish('price', { delivery: 'latest', key: 'a' }));
    feed.hear(await publish('beat', { delivery: 'volatile' }));
    expect(heard).toEqual([1, 2, 'price', 'beat']);
    expect(read).not.toHaveBeenCalled();
  });

  it('reads what is missing, and hands nothing on twice or out of order', async () => {
    const { feed, publish, heard } = await openFeed();
    const [first, second, third] = [await publish(1), await publish(2), await publish(3)];
    for (const publication of [third, first, second, third]) feed.hear(publication);
    await settle();
    feed.hear(await publish(4));
    expect(heard).toEqual([1, 2, 3, 4]);
  });

  it('hands on what comes while it reads, volatile news too', async () => {
    const { feed, publish, heard, onRead } = await openFeed();
    await publish(1);
    onRead(async () => {
      onRead(async () => {});
      feed.hear(await publish('beat', { delivery: 'volatile' }));
      feed.hear(await publish(3));
    });
    feed.hear(await publish(2));
    await settle();
    expect(heard).toEqual([1, 2, 3, 'beat']);
  });

  it('reads again where more came while it read than it keeps', async () => {
    const { feed, publish, heard, onRead } = await openFeed(5_000);
    await publish(0);
    onRead(async () => {
      onRead(async () => {});
      for (let number = 2; number <= 1_500; number += 1) feed.hear(await publish(number));
    });
    feed.hear(await publish(1));
    await settle();
    expect(heard).toEqual(Array.from({ length: 1_501 }, (_, number) => number));
  });

  it('tells a gap where the log has lost what is missing, and goes on behind it', async () => {
    const { feed, publish, heard } = await openFeed(1);
    for (const payload of [1, 2, 3]) await publish(payload);
    await feed.catchUp();
    feed.hear(await publish(4));
    expect(heard).toEqual(['overflow 3', 4]);
  });

  it('lets go of news of an epoch that is over', async () => {
    const { feed, publish, read, heard } = await openFeed();
    const stale = await publish(1);
    feed.hear(stale);
    const position: Position = { ...stale.position, epoch: 'over', offset: 9 };
    feed.hear({ ...stale, position });
    await settle();
    feed.hear(await publish(2));
    expect(heard).toEqual([1, 2]);
    expect(read).toHaveBeenCalledOnce();
  });

  it('reads when the log stands elsewhere than it does, and only then', async () => {
    const { feed, log, publish, read, heard, start } = await openFeed();
    await feed.compare(start);
    expect(read).not.toHaveBeenCalled();
    await publish(1);
    await feed.compare(await log.position(room));
    expect(heard).toEqual([1]);
  });

  it('tries again after a second where the log cannot be read', async () => {
    const { feed, publish, heard, failed, onRead } = await openFeed();
    onRead(async () => {
      throw new Error('away');
    });
    await publish(1);
    await feed.catchUp();
    onRead(async () => {});
    await vi.advanceTimersByTimeAsync(999);
    expect([heard, failed.length]).toEqual([[], 1]);
    await vi.advanceTimersByTimeAsync(1);
    expect(heard).toEqual([1]);
  });

  it('hears nothing and leaves no timer once it has ended', async () => {
    const { feed, publish, heard, onRead } = await openFeed();
    onRead(async () => {
      throw new Error('away');
    });
    await feed.catchUp();
    feed.end();
    feed.hear(await publish(1));
    await settle();
    expect([heard, vi.getTimerCount()]).toEqual([[], 0]);
  });
});

describe('a feed that has not begun', () => {
  async function openNewFeed() {
    const { log, publish, start } = await openFeed();
    const heard: unknown[] = [];
    const options = { read: log.read, clock: systemClock, onError: () => {} };
    const feed = new RoomFeed(room, options);
    feed.followers.add({ onPublication: ({ payload }) => heard.push(payload), onGap: () => {} });
    return { feed, publish, start, heard };
  }

  it('keeps what it hears for its beginning, and has no position', async () => {
    const { feed, publish, start, heard } = await openNewFeed();
    expect(() => feed.position).toThrow('has not begun');
    feed.listen();
    feed.hear(await publish(1));
    feed.begin(start);
    await settle();
    expect(heard).toEqual([1]);
  });

  it('does not hear what is still on its way to an earlier feed of the room', async () => {
    const { feed, publish, start, heard } = await openNewFeed();
    feed.hear(await publish('stale', { delivery: 'volatile' }));
    feed.listen();
    feed.hear(await publish('fresh', { delivery: 'volatile' }));
    feed.begin(start);
    await settle();
    expect(heard).toEqual(['fresh']);
  });
});
