import { expect, it } from 'vitest';
import { type MemoryRound, summariseMemory } from './summariseMemory.ts';

const round = (rss: number, heapUsed: number): MemoryRound => ({ rss, heapUsed, external: 512 });
const stock = [round(10_240, 10_240)];
const ws = [round(5_120, 5_120)];

const summarise = (...ours: MemoryRound[]) => summariseMemory({ ours, stock, ws }, 1_000);

it('the ratios are of what a connection takes in the middle round', () => {
  const { ratios, targets, passed, figures } = summarise(
    ...[round(99_999, 1), round(11_264, 10_240), round(1, 99_999)],
  );
  expect(ratios).toEqual({ stock: 1.1, 'stock, heap': 1, ws: 2.2 });
  expect(targets).toEqual({ stock: 1.15, 'stock, heap': 1.15 });
  expect(passed).toBe(true);
  expect(figures).toMatchObject({ connections: 1_000, oursRssKiB: 11, oursExternalKiB: 0.5 });
});

it('more than stock and 15% is a miss, resident or on the heap', () => {
  expect(summarise(round(11_776, 11_776)).passed).toBe(true);
  expect(summarise(round(11_900, 10_000)).passed).toBe(false);
  expect(summarise(round(10_000, 11_900)).passed).toBe(false);
});
