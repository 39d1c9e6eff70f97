import { AssertionError } from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import type { PresenceBounds } from '../presenceBounds.ts';
import type { PresenceStore } from '../presenceStore.ts';
import { type PresenceFault, presenceFaults } from './fakes/presenceFaults.ts';
import { sharedPresences } from './fakes/sharedPresences.ts';
import { presenceConformance } from './presenceConformance.ts';

/** The stores of each case share their data; a case is known by the bounds that only it is given. */
function conformanceOf(breaking: PresenceFault['breaking'], timeoutMs = 100) {
  const stores = new Map<PresenceBounds, () => PresenceStore>();
  const createStore = (bounds: PresenceBounds) => {
    const open = stores.get(bounds) ?? sharedPresences(bounds);
    stores.set(bounds, open);
    const sound = open();
    return { ...sound, ...breaking(sound) };
  };
  return presenceConformance(createStore, { timeoutMs, hasSharedStore: true });
}

describe('stores that share their data in memory', () => {
  for (const { name, run } of conformanceOf(() => ({}), 2_000)) test(name, run);
});

describe.each(presenceFaults)('a store that $fault', ({ breaking, breaks }) => {
  test.concurrent.each(breaks)('breaks the promise that %s', async (promise) => {
    const broken = conformanceOf(breaking).find(({ name }) => name === promise);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});

test('every promise of the suite is broken by one of the stores above', () => {
  const broken = new Set(presenceFaults.flatMap(({ breaks }) => breaks));
  const promises = conformanceOf(() => ({})).map(({ name }) => name);
  expect(promises.filter((name) => !broken.has(name))).toEqual([]);
});
