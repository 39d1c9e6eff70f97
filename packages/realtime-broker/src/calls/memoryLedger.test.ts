import type { Clock } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import type { CallClaim, KeyedCall, OwnedCall } from './callLedger.ts';
import { type LedgerBounds, ledgerBounds, MemoryLedger } from './memoryLedger.ts';

const call = (key: string, caller = 'user alice', inputHash = 'hash'): KeyedCall => ({
  ...{ caller, action: 'buy', key, inputHash },
});

/** A ledger whose time goes on when the test says so. */
function createLedger(bounds: Partial<LedgerBounds> = {}) {
  let nowMs = 1_000;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  const clock: Clock = {
    now: () => nowMs,
    schedule(callback, delayMs) {
      const timer = { atMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const advance = (byMs: number) => {
    nowMs += byMs;
    for (const timer of timers) {
      if (timer.atMs <= nowMs && timers.delete(timer)) timer.callback();
    }
  };
  const ledger = new MemoryLedger(clock, { ...ledgerBounds, ...bounds });
  const own = async (asked: KeyedCall) => {
    const claim = await ledger.claim(asked);
    expect(claim.status).toBe('owned');
    return claim as OwnedCall;
  };
  const remember = async (asked: KeyedCall, outcome = '"done"') =>
    (await own(asked)).settle(outcome);
  return { ledger, own, remember, advance, timers };
}

const statusOf = ({ status }: CallClaim) => status;

describe('a call', () => {
  it('is done by whoever claims it first, and its outcome is remembered', async () => {
    const { ledger, own } = createLedger();
    const first = await own(call('a'));
    expect(first.retry).toBe(false);
    first.settle('"done"');
    expect(await ledger.claim(call('a'))).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('that is being done is waited for', async () => {
    const { ledger, own } = createLedger();
    const first = await own(call('a'));
    const waiting = Promise.all([ledger.claim(call('a')), ledger.claim(call('a'))]);
    first.settle('"done"');
    const done = { status: 'done', outcome: '"done"' };
    expect(await waiting).toEqual([done, done]);
  });

  it('that was abandoned is to be done again, as a retry; who waited is told', async () => {
    const { ledger, own } = createLedger();
    const first = await own(call('a'));
    const waiting = ledger.claim(call('a'));
    first.abandon('"too late"');
    expect(await waiting).toEqual({ status: 'done', outcome: '"too late"' });
    const second = await own(call('a'));
    expect(second.retry).toBe(true);
    second.settle('"done"');
    expect(await ledger.claim(call('a'))).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('that is settled after it was abandoned is remembered, where nobody has it by then', async () => {
    const { ledger, own } = createLedger();
    const late = await own(call('a'));
    late.abandon('"too late"');
    late.settle('"done at last"');
    expect(await ledger.claim(call('a'))).toEqual({ status: 'done', outcome: '"done at last"' });

    const overtaken = await own(call('b'));
    overtaken.abandon('"too late"');
    const retry = await own(call('b'));
    overtaken.settle('"the first one"');
    overtaken.abandon('"nothing"');
    retry.settle('"the second one"');
    overtaken.settle('"the first one"');
    expect(await ledger.claim(call('b'))).toMatchObject({ outcome: '"the second one"' });
    expect(ledger.size).toBe(2);
  });

  it('has one outcome: what its owner says later is ignored', async () => {
    const { ledger, own } = createLedger();
    const first = await own(call('a'));
    first.settle('"done"');
    first.abandon('"failed"');
    first.settle('"done twice"');
    expect(await ledger.claim(call('a'))).toEqual({ status: 'done', outcome: '"done"' });
  });

  it('has one input: another one is a conflict, whatever became of the first', async () => {
    const { ledger, own } = createLedger();
    const other = call('a', 'user alice', 'another hash');
    const first = await own(call('a'));
    expect(statusOf(await ledger.claim(other))).toBe('conflict');
    first.abandon('"failed"');
    expect(statusOf(await ledger.claim(other))).toBe('conflict');
    (await own(call('a'))).settle('"done"');
    expect(statusOf(await ledger.claim(other))).toBe('conflict');
  });

  it('is another one of another caller and of another action', async () => {
    const { own, remember } = createLedger();
    await remember(call('a'));
    await own(call('a', 'user bob'));
    await own(call('a', 'guest alice'));
    await own({ ...call('a'), action: 'sell' });
  });
});

describe('the window', () => {
  it('is five minutes from the outcome on, and not a millisecond longer', async () => {
    const { ledger, own, remember, advance } = createLedger();
    const slow = await own(call('a'));
    advance(400_000);
    slow.settle('"done"');
    advance(299_999);
    expect(statusOf(await ledger.claim(call('a')))).toBe('done');
    advance(1);
    expect((await own(call('a'))).retry).toBe(false);
    await remember(call('b'));
  });

  it('leaves nothing behind, not even a timer', async () => {
    const { ledger, own, remember, advance, timers } = createLedger();
    await remember(call('a'));
    advance(100_000);
    await remember(call('b', 'user bob'));
    (await own(call('c', 'user bob'))).abandon('"failed"');
    expect([ledger.size, ledger.callers, timers.size]).toEqual([3, 2, 1]);
    advance(200_000);
    expect([ledger.size, ledger.callers, timers.size]).toEqual([2, 1, 1]);
    advance(100_000);
    expect([ledger.size, ledger.callers, timers.size]).toEqual([0, 0, 0]);
  });

  it('is over to the millisecond, also for a call that is swept together with later ones', async () => {
    const { ledger, own, remember, advance } = createLedger();
    await remember(call('a'));
    advance(500);
    await remember(call('b'));
    advance(299_500);
    advance(499);
    expect(statusOf(await ledger.claim(call('b')))).toBe('done');
    advance(1);
    expect(ledger.size).toBe(1);
    const again = await own(call('b'));
    expect(again.retry).toBe(false);
    again.settle('"done again"');
    advance(10_000);
    expect(await ledger.claim(call('b'))).toEqual({ status: 'done', outcome: '"done again"' });
    expect(ledger.size).toBe(1);
  });

  it('does not end for a call that is being done', async () => {
    const { ledger, own, advance } = createLedger();
    const hanging = await own(call('a'));
    advance(1_000_000);
    const waiting = ledger.claim(call('a'));
    hanging.settle('"done"');
    expect(statusOf(await waiting)).toBe('done');
  });

  it('ends when the ledger is closed, and what comes then is ignored', async () => {
    const { ledger, own, remember, timers } = createLedger();
    await remember(call('a'));
    const hanging = await own(call('b'));
    await ledger.close();
    await hanging.settle('"done"');
    expect([ledger.size, ledger.callers, timers.size]).toEqual([0, 0, 0]);
  });
});

describe('memory', () => {
  it('is bounded for 100,000 keys of one user, who loses its oldest', async () => {
    const { ledger, own, remember } = createLedger();
    await remember(call('quiet', 'user bob'));
    for (let index = 0; index < 100_000; index += 1) await remember(call(`k-${index}`));
    expect(ledger.size).toBeLessThanOrEqual(1 + 4_194_304 / 512);
    expect(ledger.size).toBeGreaterThan(8_000);
    expect(statusOf(await ledger.claim(call('k-99999')))).toBe('done');
    expect(statusOf(await ledger.claim(call('k-93000')))).toBe('done');
    expect((await own(call('k-0'))).retry).toBe(false);
    expect(statusOf(await ledger.claim(call('quiet', 'user bob')))).toBe('done');
  });

  it('is bounded for long outcomes of one user', async () => {
    const { ledger, remember } = createLedger({ maxCallerBytes: 100_000 });
    for (let index = 0; index < 100; index += 1) {
      await remember(call(`k-${index}`), 'x'.repeat(10_000));
    }
    expect(ledger.size).toBe(4);
  });

  it('keeps of an outcome that is too long that the call was begun', async () => {
    const { ledger, own, remember } = createLedger({ maxCallerBytes: 100_000 });
    await remember(call('a'));
    await remember(call('b'), 'x'.repeat(30_000));
    expect((await own(call('b'))).retry).toBe(true);
    expect(statusOf(await ledger.claim(call('a')))).toBe('done');
  });

  it('is bounded for all together, and who has no more than a fair share loses nothing', async () => {
    const { ledger, remember } = createLedger({ maxTotalBytes: 524_288, maxCallerBytes: 400_000 });
    for (let index = 0; index < 20; index += 1) {
      for (const name of ['bob', 'carol']) await remember(call(`k-${index}`, `user ${name}`));
    }
    for (let index = 0; index < 5_000; index += 1) {
      await remember(call(`k-${index}`, `user flood-${index % 4}`));
      expect(ledger.size).toBeLessThanOrEqual(1_024);
    }
    for (const name of ['bob', 'carol']) {
      for (let index = 0; index < 20; index += 1) {
        expect(statusOf(await ledger.claim(call(`k-${index}`, `user ${name}`)))).toBe('done');
      }
    }
    expect(statusOf(await ledger.claim(call('k-4999', 'user flood-3')))).toBe('done');
  });

  it('is bounded where there are more callers than room, and the first ones go', async () => {
    const { ledger, remember } = createLedger({ maxTotalBytes: 52_400 });
    for (let index = 0; index < 1_000; index += 1) {
      await remember(call('k', `guest ${index}`));
      expect(ledger.size).toBeLessThanOrEqual(100);
      expect(ledger.size).toBeGreaterThanOrEqual(Math.min(index + 1, 89));
    }
    expect(ledger.callers).toBe(ledger.size);
    expect(statusOf(await ledger.claim(call('k', 'guest 999')))).toBe('done');
  });

  it('has its whole room again once the window is over', async () => {
    const { ledger, remember, advance } = createLedger({ maxTotalBytes: 52_400 });
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 90; index += 1) await remember(call('k', `guest ${index}`));
      expect(ledger.size).toBe(90);
      advance(300_000);
      expect(ledger.size).toBe(0);
    }
  });

  it('forgets no call that is being done', async () => {
    const { ledger, own, remember } = createLedger({ maxTotalBytes: 52_400 });
    const hanging = await own(call('hanging', 'guest 0'));
    for (let index = 0; index < 1_000; index += 1) await remember(call('k', `guest ${index}`));
    const waiting = ledger.claim(call('hanging', 'guest 0'));
    hanging.settle('"done"');
    expect(statusOf(await waiting)).toBe('done');
    expect(statusOf(await ledger.claim(call('hanging', 'guest 0')))).toBe('done');
  });
});
