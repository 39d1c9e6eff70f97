import { AssertionError, deepEqual, equal } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { CallClaim, CallLedger, KeyedCall, OwnedCall } from '../callLedger.ts';

/** What one case works with: a ledger of its own, and callers that nobody else has. */
export class CallCaseContext {
  readonly ledger: CallLedger;
  /** Opens a further ledger on the same store, as another process does. */
  readonly openAnother: () => Promise<CallLedger>;
  readonly #timeoutMs: number;

  constructor(ledger: CallLedger, openAnother: () => Promise<CallLedger>, timeoutMs: number) {
    this.ledger = ledger;
    this.openAnother = openAnother;
    this.#timeoutMs = timeoutMs;
  }

  /** Unused by every run, since the store of a ledger may outlive it. */
  newCall(rest: Partial<KeyedCall> = {}): KeyedCall {
    const caller = `user ${randomUUID()}`;
    return { ...{ caller, action: 'buy', key: 'k-1', inputHash: 'hash' }, ...rest };
  }

  /** Claims a call, and fails where nothing is said in time. */
  async claim(
    call: KeyedCall,
    { ledger = this.ledger, signal }: { ledger?: CallLedger; signal?: AbortSignal } = {},
  ): Promise<CallClaim> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const message = `Expected to be told whose turn a call is within ${this.#timeoutMs} ms.`;
      timer = setTimeout(() => reject(new AssertionError({ message })), this.#timeoutMs);
    });
    try {
      return await Promise.race([ledger.claim(call, signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Claims a call that has to be handed out. */
  async own(call: KeyedCall, ledger: CallLedger = this.ledger): Promise<OwnedCall> {
    const claim = await this.claim(call, { ledger });
    if (claim.status === 'owned') return claim;
    throw new AssertionError({ message: `Expected to own the call, got "${claim.status}".` });
  }

  /** Does a call that has to be handed out. */
  async settle(call: KeyedCall, outcome: string): Promise<void> {
    await (await this.own(call)).settle(outcome);
  }

  async expectDone(call: KeyedCall, outcome: string, ledger?: CallLedger): Promise<void> {
    const claim = await this.claim(call, ledger && { ledger });
    deepEqual(claim, { status: 'done', outcome });
  }

  /** Claims a call that somebody does now, and resolves once it certainly waits. */
  async wait(
    call: KeyedCall,
    options: { ledger?: CallLedger; signal?: AbortSignal } = {},
  ): Promise<{ readonly claim: Promise<CallClaim> }> {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    const claim = this.claim(call, options);
    claim.then(settled, settled);
    // What takes the same way, and later, has been there and back.
    for (let trip = 0; trip < 3; trip += 1) {
      const { ledger = this.ledger } = options;
      await (await this.own(this.newCall(), ledger)).settle('"marker"');
    }
    equal(isSettled, false, 'Expected a call that somebody does now to be waited for.');
    return { claim };
  }
}
