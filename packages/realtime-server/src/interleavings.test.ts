import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakeStage } from './fakes/fakeStage.ts';
import { anyStep } from './fakes/stageStep.ts';

vi.mock('./socket-io/acquireNamespace.ts', () => import('./fakes/acquireNamespace.ts'));

beforeEach(() => {
  // The fake broker lets a turn of the event loop pass.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

it.each([
  ['each publication by itself', 0],
  ['batches', 4],
])(
  'sends every client all that was published, once and in order, or tells it of a gap: in %s',
  async (_, batchWindowMs) => {
    const steps = fc.array(anyStep, { maxLength: 80, size: 'max' });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const stage = new FakeStage(batchWindowMs);
        await stage.open();
        for (const step of taken) await stage.take(step);
        await stage.rest();
        expect(stage.complaints).toEqual([]);
        expect(stage.behind()).toEqual([]);
        expect(await stage.close()).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
  60_000,
);
