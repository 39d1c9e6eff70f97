import { beforeEach, describe, expect, it } from 'vitest';
import { Tally } from './tally.ts';

const room = 'event-night-ferry';
const at = (offset: number, epoch = 'first') => ({ epoch, offset });
let tally: Tally;

/** One watcher that stands at 10, as the log does. */
beforeEach(() => {
  tally = new Tally();
  tally.logAt(room, at(10));
  tally.joined('w1', room, at(10));
});

function hear(watcher: string, ...offsets: readonly number[]): void {
  for (const offset of offsets) tally.heard(watcher, at(offset));
}

it('counts from where it began', () => {
  expect(tally.counters()).toEqual({
    ...{ published: 0, watchers: 1, delivered: 0, onTheWay: 0, lost: 0, twice: 0 },
  });
});

it('takes what the log has and nobody heard yet for being on its way', () => {
  tally.joined('w2', room, at(10));
  tally.logAt(room, at(13));
  hear('w1', 11, 12);
  expect(tally.counters()).toMatchObject({ published: 3, delivered: 2, onTheWay: 4, lost: 0 });
});

it('knows of a publication that a watcher told of first', () => {
  hear('w1', 11);
  expect(tally.counters()).toMatchObject({ published: 1, delivered: 1, onTheWay: 0 });
});

it('expects of a watcher that came later only what came after it', () => {
  hear('w1', 11, 12);
  tally.joined('w2', room, at(12));
  tally.logAt(room, at(13));
  expect(tally.counters()).toMatchObject({ published: 3, delivered: 2, onTheWay: 2, lost: 0 });
});

describe('what is lost', () => {
  it('is what a watcher skipped without a word', () => {
    hear('w1', 11, 14);
    expect(tally.counters()).toMatchObject({ published: 4, delivered: 2, lost: 2, onTheWay: 0 });
  });

  it('is what a watcher was told that it missed', () => {
    hear('w1', 11);
    tally.skipped('w1', at(15));
    hear('w1', 16);
    expect(tally.counters()).toMatchObject({ published: 6, delivered: 2, lost: 4, onTheWay: 0 });
  });

  it('is the rest of a life of the log that is over, and what was missed of the new one', () => {
    hear('w1', 11);
    tally.logAt(room, at(14));
    tally.skipped('w1', at(2, 'second'));
    tally.heard('w1', at(3, 'second'));
    expect(tally.counters()).toMatchObject({ published: 7, delivered: 2, lost: 5, onTheWay: 0 });
  });

  it('is a whole life of the log that a watcher never saw', () => {
    tally.logAt(room, at(3, 'second'));
    tally.logAt(room, at(1, 'third'));
    expect(tally.counters()).toMatchObject({ published: 4, delivered: 0, lost: 3, onTheWay: 1 });
  });
});

it('counts what is heard again, and not as delivered', () => {
  hear('w1', 11, 12, 12, 11);
  expect(tally.counters()).toMatchObject({ delivered: 2, twice: 2, lost: 0 });
});
