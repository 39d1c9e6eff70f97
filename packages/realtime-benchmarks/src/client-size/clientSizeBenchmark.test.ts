import { expect, it } from 'vitest';
import { clientSizeBenchmark } from './clientSizeBenchmark.ts';

it('the client and the hooks are within their budgets, and the peers are what they claim', async () => {
  const { passed, figures, ratios } = await clientSizeBenchmark.run({
    isSmoke: true,
    startPart: () => Promise.reject(new Error('There is nothing to start.')),
    bun: null,
    progress: () => {},
  });
  expect(passed).toBe(true);
  expect(figures.oursGzipBytes).toBeGreaterThan(10_000);
  expect(figures.reactLayerGzipBytes).toBeGreaterThan(1_000);
  // A peer that bundles to next to nothing was not imported.
  expect(Object.keys(ratios)).toHaveLength(6);
  for (const ratio of Object.values(ratios)) expect(ratio).toBeLessThan(2);
});
