import { describe, expect, it } from 'vitest';
import { judgeHealth, type Vitals } from './health.ts';

const well: Vitals = {
  ...{ isClosed: false, isDraining: false, isListening: true },
  ...{ broker: 'up', callLedger: 'up' },
};

describe('judgeHealth', () => {
  it.each([
    ['all is well', {}, 'ok', true, []],
    ['nobody can connect', { isListening: false }, 'degraded', false, ['not-listening']],
    ['the log is away', { broker: 'down' }, 'degraded', false, ['broker-down']],
    ['only the ledger is away', { callLedger: 'down' }, 'degraded', true, ['call-ledger-down']],
    ['it drains', { isDraining: true }, 'draining', false, ['draining']],
    [
      'it drains without a log',
      { isDraining: true, broker: 'down' },
      ...['draining', false, ['draining', 'broker-down']],
    ],
    [
      'it has drained and is closed',
      { isDraining: true, isClosed: true, isListening: false },
      ...['closed', false, ['closed', 'not-listening']],
    ],
  ] as const)('where %s', (_, vitals, status, isReady, reasons) => {
    expect(judgeHealth({ ...well, ...vitals })).toEqual({ status, isReady, reasons });
  });
});
