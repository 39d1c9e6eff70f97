import { type ActionAnswer, RoomcastError } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import type { CallClaim } from './callLedger.ts';
import { type OnceOptions, runOnce } from './runOnce.ts';

const call = { caller: 'user alice', action: 'buy', key: 'k-1', inputHash: 'hash' };
const tooLate = () => new RoomcastError('ACTION_TIMEOUT', 'Too late.');

/** A call whose ledger answers when the test says so, as one on another machine does. */
function begin(run: OnceOptions['run']) {
  const over = new AbortController();
  const owned = { status: 'owned' as const, retry: false, settle: vi.fn(), abandon: vi.fn() };
  let answer: (claim: CallClaim) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const claim = new Promise<CallClaim>((resolve, reject) => {
    [answer, fail] = [resolve, reject];
  });
  const ledger = { claim: () => claim, close() {} };
  const outcome = runOnce({ ledger, call, signal: over.signal, tooLate, run });
  return { outcome, answer, fail, owned, giveUp: () => over.abort() };
}

it('does not do a call that is given to it when nobody waits any more', async () => {
  const run = vi.fn(async () => ({ value: 'done', positions: [] }));
  const { outcome, answer, owned, giveUp } = begin(run);
  giveUp();
  answer(owned);
  await expect(outcome).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
  expect(run).not.toHaveBeenCalled();
  expect(owned.abandon.mock.calls).toMatchObject([[expect.stringContaining('ACTION_TIMEOUT')]]);
  expect(owned.settle).not.toHaveBeenCalled();
});

it('does not do a call where the ledger cannot be asked', async () => {
  const run = vi.fn();
  const { outcome, fail } = begin(run);
  fail(new Error('no ledger'));
  await expect(outcome).rejects.toThrow('no ledger');
  expect(run).not.toHaveBeenCalled();
});

it('abandons a call that is given up while it runs, and settles it when it is done', async () => {
  let finish: (answer: ActionAnswer) => void = () => {};
  const run = vi.fn(
    () =>
      new Promise<ActionAnswer>((resolve) => {
        finish = resolve;
      }),
  );
  const { outcome, answer, owned, giveUp } = begin(run);
  answer(owned);
  await vi.waitFor(() => expect(run).toHaveBeenCalledExactlyOnceWith(false));
  giveUp();
  expect(owned.abandon.mock.calls).toMatchObject([[expect.stringContaining('ACTION_TIMEOUT')]]);
  finish({ value: 'late', positions: [] });
  await outcome;
  expect(owned.settle.mock.calls).toEqual([['{"ok":true,"value":"late"}']]);
});
