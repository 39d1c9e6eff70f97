import { type Position, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeBroker, type FakeBroker } from '../fakes/fakeBroker.ts';
import { maxPageBytes, RoomPages } from './roomPages.ts';

const start: Position = { epoch: 'epoch-1', offset: 0, revision: 0 };
let broker: FakeBroker;
let dialects: FakeDialects;
let pages: RoomPages;
const compress = vi.fn(async (text: string, agreed: string) => [`${agreed}(${text})`]);
const takes = vi.fn(() => true);
const framed = { dialect: 'framed', compression: 'none' } as const;
const plain = { dialect: 'plain', compression: 'none' } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  broker = createFakeBroker();
  dialects = createFakeDialects();
  pages = new RoomPages({ broker, dialects, compressor: { compress, takes }, clock: systemClock });
  broker.emit('event-1', 'one');
});

afterEach(() => {
  vi.useRealTimers();
});

const reads = () => broker.asked('read event-1');

describe('RoomPages', () => {
  it('reads once for all who stand at the same position, while it reads and afterwards', async () => {
    const first = pages.read('event-1', start);
    const second = pages.read('event-1', { ...start });
    await broker.settle('read event-1');
    expect(await second).toBe(await first);
    expect(await pages.read('event-1', start)).toBe(await first);
    expect(reads()).toBe(1);
  });

  it('reads for each position, room and life of the log by itself', async () => {
    broker.settleAlways();
    await pages.read('event-1', start);
    await pages.read('event-1', { ...start, offset: 1 });
    await pages.read('event-1', { ...start, revision: 1 });
    await pages.read('event-1', { ...start, epoch: 'another' });
    await pages.read('event-1', null);
    await pages.read('event-2', start);
    expect(reads()).toBe(5);
    expect(broker.asked('read event-2')).toBe(1);
    expect(pages.size).toBe(6);
  });

  it('asks for no more than a page', async () => {
    broker.settleAlways();
    const read = vi.spyOn(broker, 'read');
    await pages.read('event-1', start);
    expect(read).toHaveBeenCalledExactlyOnceWith('event-1', start, {
      ...{ maxPublications: 300, maxBytes: maxPageBytes },
    });
    expect(maxPageBytes).toBe(256 * 1024);
  });

  it('encodes a page once for each dialect, and not before somebody wants it', async () => {
    broker.settleAlways();
    broker.emit('event-1', 'two');
    const page = await pages.read('event-1', start);
    expect(dialects.framed.encode).not.toHaveBeenCalled();
    expect(await page.encode(framed)).toEqual(['framed: one two']);
    expect(await page.encode(framed)).toBe(await page.encode(framed));
    expect(await page.encode(plain)).toEqual(['plain: one two']);
    expect(dialects.framed.encode).toHaveBeenCalledOnce();
    expect(dialects.plain.encode).toHaveBeenCalledOnce();
  });

  it('compresses a page once for all who read the same', async () => {
    broker.settleAlways();
    compress.mockClear();
    const page = await pages.read('event-1', start);
    const reader = { ...framed, compression: 'dictionary' } as const;
    const messages = await Promise.all([page.encode(reader), page.encode(reader)]);
    expect(messages).toEqual([['dictionary(framed: one)'], ['dictionary(framed: one)']]);
    expect(messages[0]).toBe(messages[1]);
    expect(await page.encode({ ...reader, compression: 'deflate' })).toEqual([
      'deflate(framed: one)',
    ]);
    expect(compress).toHaveBeenCalledTimes(2);
  });

  it('leaves a page with something encrypted in it as it is', async () => {
    broker.settleAlways();
    compress.mockClear();
    takes.mockReturnValueOnce(false);
    const page = await pages.read('event-1', start);
    expect(await page.encode({ ...framed, compression: 'dictionary' })).toEqual(['framed: one']);
    expect(compress).not.toHaveBeenCalled();
  });

  it('has nothing to write of a page without publications, or of a gap', async () => {
    broker.settleAlways();
    const end = await pages.read('event-1', { ...start, offset: 1 });
    const gap = await pages.read('event-1', { ...start, epoch: 'another' });
    expect([await end.encode(framed), await gap.encode(framed)]).toEqual([[], []]);
    expect(dialects.framed.encode).not.toHaveBeenCalled();
  });

  it('reads anew once the room was published to, also where the read is under way', async () => {
    const before = pages.read('event-1', start);
    pages.forget('event-1');
    const after = pages.read('event-1', start);
    broker.settleAlways();
    expect(await after).not.toBe(await before);
    expect(await pages.read('event-1', start)).toBe(await after);
    pages.forget('event-1');
    await pages.read('event-1', start);
    expect(reads()).toBe(3);
  });

  it('forgets one room and keeps the others', async () => {
    broker.settleAlways();
    await pages.read('event-1', start);
    await pages.read('event-2', start);
    pages.forget('event-1');
    expect(pages.size).toBe(1);
    pages.forget('event-1');
    pages.forget('event-2');
    expect(pages.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps a page for a second', async () => {
    broker.settleAlways();
    await pages.read('event-1', start);
    await vi.advanceTimersByTimeAsync(999);
    await pages.read('event-1', start);
    expect(reads()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(pages.size).toBe(0);
    await pages.read('event-1', start);
    expect(reads()).toBe(2);
  });

  it('does not drop a page that took the place of an older one before its own time', async () => {
    broker.settleAlways();
    await pages.read('event-1', start);
    await vi.advanceTimersByTimeAsync(900);
    pages.forget('event-1');
    await pages.read('event-1', start);
    await vi.advanceTimersByTimeAsync(999);
    expect(pages.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(pages.size).toBe(0);
  });

  it('does not keep a read that failed, but passes the failure on to all who wait', async () => {
    const both = Promise.allSettled([pages.read('event-1', start), pages.read('event-1', start)]);
    await broker.settle('read event-1', new Error('the log is down'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(pages.size).toBe(0);
    broker.settleAlways();
    expect((await pages.read('event-1', start)).read.status).toBe('continued');
  });

  it('does not drop a good page for one that failed before it', async () => {
    const failing = pages.read('event-1', start).catch(() => {});
    pages.forget('event-1');
    const good = pages.read('event-1', start);
    await broker.settle('read event-1', new Error('the log is down'));
    await failing;
    expect(pages.size).toBe(1);
    await broker.settle('read event-1');
    expect(await pages.read('event-1', start)).toBe(await good);
  });
});
