import { AssertionError } from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import type { CallBounds } from '../callBounds.ts';
import type { CallLedger } from '../callLedger.ts';
import { callLedgerConformance } from './callLedgerConformance.ts';
import { type CallFault, callFaults } from './fakes/callFaults.ts';
import { sharedLedgers } from './fakes/sharedLedgers.ts';

/** The ledgers of each case share a store; a case is known by the bounds that only it is given. */
function conformanceOf(breaking: CallFault['breaking'], timeoutMs = 150) {
  const stores = new Map<CallBounds, () => CallLedger>();
  const createLedger = (bounds: CallBounds) => {
    const open = stores.get(bounds) ?? sharedLedgers(bounds);
    stores.set(bounds, open);
    const sound = open();
    return { ...sound, ...breaking(sound) };
  };
  return callLedgerConformance(createLedger, { timeoutMs, hasSharedStore: true });
}

describe('ledgers that share a store in memory', () => {
  for (const { name, run } of conformanceOf(() => ({}), 2_000)) test(name, run);
});

describe.each(callFaults)('a ledger that $fault', ({ breaking, breaks }) => {
  test.concurrent.each(breaks)('breaks the promise that %s', async (promise) => {
    const broken = conformanceOf(breaking).find(({ name }) => name === promise);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});

test('every promise of the suite is broken by one of the ledgers above', () => {
  const broken = new Set(callFaults.flatMap(({ breaks }) => breaks));
  const promises = conformanceOf(() => ({})).map(({ name }) => name);
  expect(promises.filter((name) => !broken.has(name))).toEqual([]);
});
