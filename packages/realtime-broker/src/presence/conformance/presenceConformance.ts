import { AssertionError } from 'node:assert/strict';
import type { ConformanceCase } from '../../conformance/conformanceCase.ts';
import { defaultPresenceBounds, type PresenceBounds } from '../presenceBounds.ts';
import type { PresenceStore } from '../presenceStore.ts';
import { closingPresenceCases } from './closingPresenceCases.ts';
import { memberCases } from './memberCases.ts';
import { presenceBoundsCases } from './presenceBoundsCases.ts';
import { PresenceCaseContext } from './presenceCaseContext.ts';
import { sharedPresenceCases } from './sharedPresenceCases.ts';
import { watchCases } from './watchCases.ts';

export interface PresenceConformanceOptions {
  /**
   * How long a store may take to tell of a change, in milliseconds: longer than it takes to notice
   * that a process is gone.
   * @default 2_000
   */
  readonly timeoutMs?: number;
  /**
   * Whether all stores have the same data, as in several processes. The cases that need two of them
   * are left out otherwise.
   * @default false
   */
  readonly hasSharedStore?: boolean;
}

const storeCases = [...memberCases, ...watchCases, ...presenceBoundsCases, ...closingPresenceCases];

/**
 * What every store of presence promises, as cases for any test runner.
 *
 * @param createStore - called once for each case, or once for each process that the case needs, with
 * the bounds that the store must keep to; every case uses rooms of its own
 *
 * @example
 * const cases = presenceConformance((bounds) => createMyPresenceStore(bounds));
 * for (const { name, run } of cases) test(name, run);
 */
export function presenceConformance(
  createStore: (bounds: PresenceBounds) => Promise<PresenceStore> | PresenceStore,
  { timeoutMs = 2_000, hasSharedStore = false }: PresenceConformanceOptions = {},
): ConformanceCase[] {
  const cases = hasSharedStore ? [...storeCases, ...sharedPresenceCases] : storeCases;
  return cases.map(({ name, bounds, run }) => ({
    name,
    async run() {
      const opened: PresenceStore[] = [];
      const allBounds = { ...defaultPresenceBounds, ...bounds };
      const open = async () => {
        const store = await createStore(allBounds);
        opened.push(store);
        return store;
      };
      try {
        await run(new PresenceCaseContext(await open(), open, timeoutMs));
      } catch (error) {
        throw error instanceof AssertionError ? error : storeFailed(error);
      } finally {
        await Promise.allSettled(opened.map((store) => store.close()));
      }
    },
  }));
}

function storeFailed(cause: unknown): AssertionError {
  const error = new AssertionError({ message: `The store failed with: ${cause}` });
  return Object.assign(error, { cause });
}
