import { systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { publicationOf } from '../fakes/publicationOf.ts';
import { type BatchOptions, RoomBatches } from './roomBatches.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function startBatches(options: Partial<BatchOptions> = {}) {
  const written: string[] = [];
  const batches = new RoomBatches(
    { minWindowMs: 4, maxWindowMs: 16, ...options },
    systemClock,
    (batch) => written.push(batch.map(({ position }) => position.offset).join(' ')),
  );
  let offset = 0;
  const publish = (count: number, room = 'event-1', epoch = 'e') => {
    for (let index = 0; index < count; index += 1) {
      offset += 1;
      batches.add(publicationOf(room, offset, { epoch }));
    }
  };
  return { batches, written, publish };
}

describe('RoomBatches', () => {
  it('lets the first publication after a quiet moment out at once', () => {
    const { written, publish } = startBatches();
    publish(1);
    expect(written).toEqual(['1']);
    vi.advanceTimersByTime(4);
    publish(1);
    expect(written).toEqual(['1', '2']);
  });

  it('sends what follows within the window together, in order', () => {
    const { written, publish } = startBatches();
    publish(3);
    vi.advanceTimersByTime(3);
    expect(written).toEqual(['1']);
    vi.advanceTimersByTime(1);
    expect(written).toEqual(['1', '2 3']);
  });

  it('opens the window anew while there is something to gather', () => {
    const { written, publish } = startBatches();
    publish(2);
    vi.advanceTimersByTime(4);
    publish(1);
    expect(written).toEqual(['1', '2']);
    vi.advanceTimersByTime(4);
    expect(written).toEqual(['1', '2', '3']);
  });

  it('gathers longer, up to the maximum, while there is much, and shorter again after that', () => {
    const { written, publish } = startBatches();
    publish(1);
    const waits: number[] = [];
    const gather = (count: number) => {
      const before = written.length;
      publish(count);
      let waitedMs = 0;
      while (written.length === before) {
        vi.advanceTimersByTime(1);
        waitedMs += 1;
      }
      waits.push(waitedMs);
    };
    for (const count of [4, 4, 4, 4, 1, 1, 1, 1]) gather(count);
    expect(waits).toEqual([4, 8, 16, 16, 16, 8, 4, 4]);
  });

  it('does not let a batch grow without end', () => {
    const { written, publish } = startBatches();
    publish(258);
    expect(written.map((batch) => batch.split(' ').length)).toEqual([1, 256]);
    vi.advanceTimersByTime(4);
    expect(written.at(-1)).toBe('258');
  });

  it('keeps rooms apart', () => {
    const { written, publish } = startBatches();
    publish(1, 'a');
    publish(1, 'b');
    expect(written).toEqual(['1', '2']);
  });

  it('never puts two epochs into one batch', () => {
    const { written, publish } = startBatches();
    publish(2, 'a', 'e1');
    publish(2, 'a', 'e2');
    vi.advanceTimersByTime(4);
    expect(written).toEqual(['1', '2', '3 4']);
  });

  it('writes what waits when it is asked to, and nothing twice', () => {
    const { batches, written, publish } = startBatches();
    publish(3);
    batches.flush('event-1');
    batches.flush('event-1');
    batches.flush('unknown');
    expect(written).toEqual(['1', '2 3']);
    vi.advanceTimersByTime(100);
    expect(written).toEqual(['1', '2 3']);
  });

  it('lets everything out at once when it is turned off', () => {
    const { written, publish } = startBatches({ minWindowMs: 0 });
    publish(3);
    expect(written).toEqual(['1', '2', '3']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer and no room behind in a quiet moment', () => {
    const { batches, publish } = startBatches();
    publish(3, 'a');
    publish(1, 'b');
    vi.advanceTimersByTime(12);
    expect([batches.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('writes what waits when it is closed, and stops', () => {
    const { batches, written, publish } = startBatches();
    publish(2);
    batches.close();
    expect(written).toEqual(['1', '2']);
    expect([batches.size, vi.getTimerCount()]).toEqual([0, 0]);
  });
});
