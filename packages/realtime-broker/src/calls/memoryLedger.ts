import { type CancelTimer, type Clock, RoomcastError } from '@roomcast/realtime-contract';
import { type CallBounds, defaultCallBounds } from './callBounds.ts';
import { CallerMemory, type PastCall, type RunningCall } from './callerMemory.ts';
import type { CallClaim, CallLedger, KeyedCall, OwnedCall } from './callLedger.ts';
import { fairShare } from './fairShare.ts';
import { unlessAborted } from './unlessAborted.ts';

/** How much a {@link MemoryLedger} remembers. */
export interface LedgerBounds extends CallBounds {
  /** The most bytes for all; who has no more than a fair share of them loses nothing. */
  readonly maxTotalBytes: number;
}

export const ledgerBounds: LedgerBounds = { ...defaultCallBounds, maxTotalBytes: 67_108_864 };

/** What a call takes up beside the text of its outcome, so that these bounds bound their number. */
const bytesPerCall = 512;

/** When there is too much of all, so much goes at once that it is not so again with the next call. */
const keptShare = 0.9;

/** Between two looks at what is over, at least. */
const sweepPauseMs = 1_000;

/** A ledger in this process: for one node. */
export class MemoryLedger implements CallLedger {
  readonly #clock: Clock;
  readonly #bounds: LedgerBounds;
  readonly #callers = new Map<string, CallerMemory>();
  /** Of all callers, the oldest first. */
  readonly #past = new Set<PastCall>();
  #bytes = 0;
  #cancelSweep: CancelTimer | null = null;
  #isClosed = false;

  constructor(clock: Clock, bounds: LedgerBounds = ledgerBounds) {
    this.#clock = clock;
    this.#bounds = bounds;
  }

  /** How many calls are remembered. */
  get size(): number {
    return this.#past.size;
  }

  /** How many callers have calls that run or are remembered. */
  get callers(): number {
    return this.#callers.size;
  }

  async claim(call: KeyedCall, signal?: AbortSignal): Promise<CallClaim> {
    if (this.#isClosed) throw closedError();
    signal?.throwIfAborted();
    const caller = this.#use(call.caller);
    // A key has no blank in it.
    const id = `${call.key} ${call.action}`;
    const running = caller.running.get(id);
    if (running) {
      if (running.inputHash !== call.inputHash) return { status: 'conflict' };
      return { status: 'done', outcome: await unlessAborted(running.outcome, signal) };
    }
    const past = this.#find(caller, id);
    if (past && past.inputHash !== call.inputHash) return { status: 'conflict' };
    if (past && past.outcome !== null) return { status: 'done', outcome: past.outcome };
    return this.#own(caller, id, call.inputHash);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelSweep?.();
    this.#cancelSweep = null;
    for (const { running } of this.#callers.values()) {
      for (const call of running.values()) call.refuse(closedError());
    }
    this.#callers.clear();
    this.#past.clear();
    this.#bytes = 0;
  }

  #own(caller: CallerMemory, id: string, inputHash: string): OwnedCall {
    const { running, tellWaiting } = begin(inputHash);
    const retry = this.#find(caller, id) !== undefined;
    const earlier = caller.find(id);
    caller.running.set(id, running);
    // Also one whose time is over and that no sweep has met yet.
    if (earlier) this.#forget(earlier);
    let abandoned: PastCall | null = null;

    const end = (told: string, remembered: string | null): PastCall | null => {
      caller.running.delete(id);
      tellWaiting(told);
      return this.#remember(caller, { id, inputHash, outcome: remembered });
    };
    return {
      status: 'owned',
      retry,
      settle: async (told) => {
        if (caller.running.get(id) === running) end(told, told);
        // Later than it had time for, but nobody has begun it again.
        else if (abandoned && this.#find(caller, id) === abandoned) {
          this.#forget(abandoned);
          this.#remember(this.#use(caller.name), { id, inputHash, outcome: told });
        }
      },
      abandon: async (told) => {
        if (caller.running.get(id) === running) abandoned = end(told, null);
      },
    };
  }

  #use(name: string): CallerMemory {
    const caller = this.#callers.get(name) ?? new CallerMemory(name);
    this.#callers.set(name, caller);
    return caller;
  }

  #find(caller: CallerMemory, id: string): PastCall | undefined {
    const past = caller.find(id);
    return past && past.expiresAtMs > this.#clock.now() ? past : undefined;
  }

  #remember(
    caller: CallerMemory,
    { id, inputHash, outcome }: Pick<PastCall, 'id' | 'inputHash' | 'outcome'>,
  ): PastCall | null {
    if (this.#isClosed) return null;
    const { windowMs, maxCallerBytes, maxTotalBytes } = this.#bounds;
    const isKept = outcome !== null && sizeOf(outcome) <= maxCallerBytes / 2;
    const call: PastCall = {
      ...{ owner: caller, id, inputHash },
      // Of what is too long to be kept, it is known at least that it was begun.
      outcome: isKept ? outcome : null,
      bytes: isKept ? sizeOf(outcome) : bytesPerCall,
      expiresAtMs: this.#clock.now() + windowMs,
    };
    caller.add(call);
    this.#past.add(call);
    this.#bytes += call.bytes;
    this.#shrink(caller, maxCallerBytes);
    if (this.#bytes > maxTotalBytes) this.#makeRoom();
    this.#planSweep();
    return call;
  }

  #forget(call: PastCall): void {
    if (!this.#past.delete(call)) return;
    this.#bytes -= call.bytes;
    call.owner.remove(call);
    if (call.owner.isEmpty) this.#callers.delete(call.owner.name);
  }

  #shrink(caller: CallerMemory, maxBytes: number): void {
    while (caller.oldest && caller.bytes > maxBytes) this.#forget(caller.oldest);
  }

  /** Takes it from those who have more than a fair share, and leaves the others alone. */
  #makeRoom(): void {
    const target = this.#bounds.maxTotalBytes * keptShare;
    const callers = [...this.#callers.values()];
    const share = fairShare(
      callers.map(({ bytes }) => bytes),
      target,
    );
    for (const caller of callers) {
      if (this.#bytes <= target) return;
      this.#shrink(caller, share);
    }
  }

  #planSweep(): void {
    const [oldest] = this.#past;
    if (!oldest || this.#cancelSweep) return;
    const delayMs = Math.max(oldest.expiresAtMs - this.#clock.now(), sweepPauseMs);
    this.#cancelSweep = this.#clock.schedule(() => {
      this.#cancelSweep = null;
      this.#sweep();
      this.#planSweep();
    }, delayMs);
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const call of this.#past) {
      if (call.expiresAtMs > now) return;
      this.#forget(call);
    }
  }
}

function begin(inputHash: string): { running: RunningCall; tellWaiting(outcome: string): void } {
  let tellWaiting: (outcome: string) => void = () => {};
  let refuse: (error: Error) => void = () => {};
  const outcome = new Promise<string>((resolve, reject) => {
    [tellWaiting, refuse] = [resolve, reject];
  });
  // There may be nobody who waits.
  outcome.catch(() => {});
  return { running: { inputHash, outcome, refuse }, tellWaiting };
}

function closedError(): RoomcastError {
  return new RoomcastError('CLOSED', 'The ledger is closed.');
}

/** A character takes two bytes where the text is not Latin. */
function sizeOf(outcome: string): number {
  return bytesPerCall + 2 * outcome.length;
}
