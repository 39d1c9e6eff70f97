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

it('sends every client all that was published, once and in order, or tells it of a gap', async () => {
  const steps = fc.array(anyStep, { maxLength: 80, size: 'max' });
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const stage = new FakeStage();
      await stage.open();
      for (const step of taken) await stage.take(step);
      await stage.rest();
      expect(stage.complaints).toEqual([]);
      expect(stage.behind()).toEqual([]);
      expect(await stage.close()).toEqual([]);
    }),
    { numRuns: 500 },
  );
}, 60_000);
