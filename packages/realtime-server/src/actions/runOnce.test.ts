import type { CallClaim, CallLedger } from '@roomcast/realtime-broker';
import { type ActionAnswer, RoomcastError } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import { type OnceOptions, runOnce } from './runOnce.ts';

const call = { caller: 'user alice', action: 'buy', key: 'k-1', inputHash: 'hash' };
const tooLate = () => new RoomcastError('ACTION_TIMEOUT', 'Too late.');

/** A call whose ledger answers when the test says so, as one on another machine does. */
function begin(run: OnceOptions['run']) {
  const over = new AbortController();
  const [settle, abandon] = [vi.fn(async () => {}), vi.fn(async () => {})];
  const owned = { status: 'owned' as const, retry: false, settle, abandon };
  const report = vi.fn();
  let answer: (claim: CallClaim) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const claim = new Promise<CallClaim>((resolve, reject) => {
    [answer, fail] = [resolve, reject];
  });
  const ledger: CallLedger = {
    claim(_call, signal) {
      signal?.addEventListener('abort', () => fail(signal.reason));
      return claim;
    },
    close: async () => {},
  };
  const outcome = runOnce({ ledger, call, signal: over.signal, report, tooLate, run });
  return { outcome, answer, fail, owned, report, giveUp: () => over.abort() };
}

it('does not do a call that is given to it when nobody waits any more', async () => {
  const run = vi.fn(async () => ({ value: 'done', positions: [] }));
  const { outcome, answer, owned, giveUp } = begin(run);
  answer(owned);
  giveUp();
  await expect(outcome).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
  expect(run).not.toHaveBeenCalled();
  expect(owned.abandon.mock.calls).toMatchObject([[expect.stringContaining('ACTION_TIMEOUT')]]);
  expect(owned.settle).not.toHaveBeenCalled();
});

it('does not do a call where the ledger cannot be asked, and tells its caller no reason', async () => {
  const run = vi.fn();
  const { outcome, fail, report } = begin(run);
  const reason = new RoomcastError('CONNECTION_FAILED', 'password of the store');
  fail(reason);
  const error = await outcome.catch((thrown: RoomcastError) => thrown);
  expect(error).toMatchObject({ code: 'INTERNAL', message: expect.stringContaining('not done') });
  expect(error).not.toMatchObject({ message: expect.stringContaining('password') });
  expect(run).not.toHaveBeenCalled();
  expect(report.mock.calls).toEqual([[reason, 'call ledger']]);
});

it('stops waiting for a call when nobody waits any more', async () => {
  const run = vi.fn();
  const { outcome, giveUp, report } = begin(run);
  giveUp();
  await expect(outcome).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
  expect(run).not.toHaveBeenCalled();
  expect(report).not.toHaveBeenCalled();
});

it('answers once the outcome is remembered, and not before', async () => {
  let remember: () => void = () => {};
  const { outcome, answer, owned } = begin(async () => ({ value: 'done', positions: [] }));
  owned.settle.mockImplementation(
    () =>
      new Promise((resolve) => {
        remember = resolve;
      }),
  );
  answer(owned);
  const answered = vi.fn();
  void outcome.then(answered);
  await vi.waitFor(() => expect(owned.settle).toHaveBeenCalled());
  expect(answered).not.toHaveBeenCalled();
  remember();
  expect(await outcome).toEqual({ value: 'done', positions: [] });
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

it.each<[string, () => Promise<void>]>([
  ['rejects', () => Promise.reject(new Error('no store'))],
  [
    'throws',
    () => {
      throw new Error('no store');
    },
  ],
])('reports a ledger that %s when a call is given up, which nobody waits for', async (_, fail) => {
  const run = vi.fn(() => new Promise<ActionAnswer>(() => {}));
  const { answer, owned, giveUp, report } = begin(run);
  owned.abandon.mockImplementation(fail);
  answer(owned);
  await vi.waitFor(() => expect(run).toHaveBeenCalled());
  giveUp();
  await vi.waitFor(() =>
    expect(report.mock.calls).toEqual([[new Error('no store'), 'call ledger']]),
  );
});

it.each<[string, OnceOptions['run'], 'settle' | 'abandon']>([
  ['done', async () => ({ value: 'done', positions: [] }), 'settle'],
  ['that failed', () => Promise.reject(new RoomcastError('ACTION_FAILED', 'No.')), 'abandon'],
])('tells its caller no reason where a call %s cannot be remembered', async (_, run, method) => {
  const { outcome, answer, owned, report } = begin(run);
  const reason = new RoomcastError('CONNECTION_FAILED', 'password of the store');
  owned[method].mockImplementation(() => Promise.reject(reason));
  answer(owned);
  const error = await outcome.catch((thrown: RoomcastError) => thrown);
  expect(error).toMatchObject({ code: 'INTERNAL' });
  expect(error).not.toMatchObject({ message: expect.stringContaining('password') });
  expect(report.mock.calls).toEqual([[reason, 'call ledger']]);
});
