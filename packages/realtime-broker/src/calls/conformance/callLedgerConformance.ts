import { AssertionError } from 'node:assert/strict';
import type { ConformanceCase } from '../../conformance/conformanceCase.ts';
import { type CallBounds, defaultCallBounds } from '../callBounds.ts';
import type { CallLedger } from '../callLedger.ts';
import { boundsCases } from './boundsCases.ts';
import { CallCaseContext } from './callCaseContext.ts';
import { closingCallCases } from './closingCallCases.ts';
import { doingCases } from './doingCases.ts';
import { sharedStoreCases } from './sharedStoreCases.ts';
import { waitingCases } from './waitingCases.ts';

export interface CallLedgerConformanceOptions {
  /**
   * How long a ledger may take to say whose turn a call is, in milliseconds: longer than it takes to
   * notice that the process of a call is gone.
   * @default 2_000
   */
  readonly timeoutMs?: number;
  /**
   * Whether all ledgers have one store, as in several processes. The cases that need two of them are
   * left out otherwise.
   * @default false
   */
  readonly hasSharedStore?: boolean;
}

const ledgerCases = [...doingCases, ...waitingCases, ...boundsCases, ...closingCallCases];

/**
 * What every ledger of calls promises, as cases for any test runner.
 *
 * @param createLedger - called once for each case, or once for each process that the case needs,
 * with the bounds that the ledger must keep to; every case uses callers of its own
 *
 * @example
 * const cases = callLedgerConformance((bounds) => createMyLedger(bounds));
 * for (const { name, run } of cases) test(name, run);
 */
export function callLedgerConformance(
  createLedger: (bounds: CallBounds) => Promise<CallLedger> | CallLedger,
  { timeoutMs = 2_000, hasSharedStore = false }: CallLedgerConformanceOptions = {},
): ConformanceCase[] {
  const cases = hasSharedStore ? [...ledgerCases, ...sharedStoreCases] : ledgerCases;
  return cases.map(({ name, bounds, run }) => ({
    name,
    async run() {
      const opened: CallLedger[] = [];
      const allBounds = { ...defaultCallBounds, ...bounds };
      const open = async () => {
        const ledger = await createLedger(allBounds);
        opened.push(ledger);
        return ledger;
      };
      try {
        await run(new CallCaseContext(await open(), open, timeoutMs));
      } catch (error) {
        throw error instanceof AssertionError ? error : ledgerFailed(error);
      } finally {
        await Promise.allSettled(opened.map((ledger) => ledger.close()));
      }
    },
  }));
}

function ledgerFailed(cause: unknown): AssertionError {
  const error = new AssertionError({ message: `The ledger failed with: ${cause}` });
  return Object.assign(error, { cause });
}
