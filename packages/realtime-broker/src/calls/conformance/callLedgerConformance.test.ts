import { describe, test } from 'vitest';
import { createMemoryCallLedger } from '../createMemoryCallLedger.ts';
import { callLedgerConformance } from './callLedgerConformance.ts';

describe('the ledger in memory', () => {
  for (const { name, run } of callLedgerConformance(createMemoryCallLedger)) test(name, run);
});
