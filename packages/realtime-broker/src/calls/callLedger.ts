import type { BrokerHealth } from '../broker.ts';

/** One call of an action, by the key that its caller gave it. */
export interface KeyedCall {
  /** Whose key it is. Others see keys, in `causedBy`; theirs are never looked up under this one. */
  readonly caller: string;
  readonly action: string;
  readonly key: string;
  /** Of the input as it was sent: a key stands for one input only. */
  readonly inputHash: string;
}

/**
 * A call that is to be done now, by whoever holds this. It ends with `settle` or `abandon`, neither
 * of which rejects: they resolve once the outcome is remembered, or cannot be. What comes when
 * somebody else has the call by then, or its outcome, is ignored.
 */
export interface OwnedCall {
  readonly status: 'owned';
  /** Whether it was begun before, and nobody knows how far that came. */
  readonly retry: boolean;
  /** Remembers what became of it, also after `abandon`. */
  settle(outcome: string): Promise<void>;
  /** Whoever waits for it now gets this outcome; whoever comes later has to do it again. */
  abandon(outcome: string): Promise<void>;
}

/** Whose turn a call is: the caller's, nobody's any more, or not to be said. */
export type CallClaim =
  | OwnedCall
  | { readonly status: 'done'; readonly outcome: string }
  /** The key stands for a call with another input. */
  | { readonly status: 'conflict' };

/**
 * Lets every call with a key be done by one at a time, and remembers what became of it. Several
 * processes may share one store; a call whose process is gone is handed out again, as a retry.
 */
export interface CallLedger {
  /**
   * Resolves when it is known whose turn it is: while another one does the call, it waits.
   *
   * @param signal - ends the wait
   * @throws the reason of the signal; RoomcastError `CLOSED`; or `CONNECTION_FAILED` where the store
   * cannot be asked. The call must not be done then.
   */
  claim(call: KeyedCall, signal?: AbortSignal): Promise<CallClaim>;
  /** Whether calls can be claimed now; one without it counts as `up`. */
  health?(): BrokerHealth;
  /** Refuses whoever waits, with `CLOSED`, and ignores what comes later. Harmless when called twice. */
  close(): Promise<void>;
}
