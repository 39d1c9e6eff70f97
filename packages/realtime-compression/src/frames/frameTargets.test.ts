import { expect, test } from 'vitest';
import { frameTargets } from '../../scripts/frameTargets.ts';

test('frames are as small as they promise beside perMessageDeflate and as text', async () => {
  const targets = (await frameTargets()).filter(({ target }) => target !== undefined);
  expect(targets.map(({ target }) => target)).toEqual([1.05, 1.1, 0.35]);
  for (const { name, ratio, target } of targets) {
    expect(ratio, name).toBeLessThanOrEqual(target ?? 0);
    // Nothing was left out of the count.
    expect(ratio, name).toBeGreaterThan((target ?? 0) * 0.8);
  }
});
