import type { CallClaim, CallLedger, KeyedCall, OwnedCall } from '@roomcast/realtime-broker';
import {
  type ActionAnswer,
  acceptAction,
  invokeGuarded,
  isActionError,
  type ReportError,
  RoomcastError,
  readActionAcknowledgement,
  refuse,
} from '@roomcast/realtime-contract';

export interface OnceOptions {
  readonly ledger: CallLedger;
  readonly call: KeyedCall;
  /** Aborts when nobody waits for the outcome any more. */
  readonly signal: AbortSignal;
  readonly report: ReportError;
  /** The error for a call whose outcome nobody waited for. */
  tooLate(): RoomcastError;
  /**
   * Does the call. It rejects with an ActionError where it is refused, and otherwise with what its
   * caller may be told of a failure after which the effect may have happened.
   *
   * @param retry - whether it was begun before
   */
  run(retry: boolean): Promise<ActionAnswer>;
}

/**
 * Does a call, unless that was done already: then its outcome is that of the first time. Resolves
 * once the outcome is remembered, so that nobody is told another one.
 *
 * @throws RoomcastError or ActionError: what `run` rejects with, or rejected with then;
 * `IDEMPOTENCY_CONFLICT`; `INTERNAL` where the ledger could not be asked, and nothing was done
 */
export async function runOnce(options: OnceOptions): Promise<ActionAnswer> {
  const { call, signal, tooLate, run } = options;
  const claim = await claimCall(options);
  if (claim.status === 'conflict') {
    throw new RoomcastError(
      'IDEMPOTENCY_CONFLICT',
      `The key was used for a call of "${call.action}" with another input.`,
    );
  }
  // An outcome is remembered as it is written to the wire.
  if (claim.status === 'done') return readActionAcknowledgement(JSON.parse(claim.outcome));
  // Nobody waits for that any more, and so nobody else would hear of its failure.
  const giveUp = () =>
    invokeGuarded(
      () => claim.abandon(JSON.stringify(refuse(tooLate()))),
      'call ledger',
      options.report,
    );
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) throw tooLate();
    const answer = await run(claim.retry);
    await written(options, () => remember(claim, answer));
    return answer;
  } catch (error) {
    const outcome = JSON.stringify(refuse(error));
    // A refusal is meant, and will be meant again; after any other error nothing is certain.
    const keep = () => (isActionError(error) ? claim.settle(outcome) : claim.abandon(outcome));
    await written(options, keep);
    throw error;
  }
}

async function claimCall({
  ledger,
  call,
  signal,
  report,
  tooLate,
}: OnceOptions): Promise<CallClaim> {
  try {
    return await ledger.claim(call, signal);
  } catch (cause) {
    if (signal.aborted) throw tooLate();
    report(cause, 'call ledger');
    const text = `Whether "${call.action}" was done before cannot be told now, and it was not done. Call it again with the same key.`;
    throw new RoomcastError('INTERNAL', text, { cause });
  }
}

/** What the ledger says of its own failure is for the application alone. */
async function written({ call, report }: OnceOptions, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    report(cause, 'call ledger');
    const text = `What became of "${call.action}" could not be remembered; it may have happened. Call it again with the same key.`;
    throw new RoomcastError('INTERNAL', text, { cause });
  }
}

async function remember(claim: OwnedCall, answer: ActionAnswer): Promise<void> {
  let outcome: string;
  try {
    outcome = JSON.stringify(acceptAction(answer));
  } catch (error) {
    // It holds what cannot be written down, as will be noticed again when it is to be sent.
    return claim.abandon(JSON.stringify(refuse(error)));
  }
  return claim.settle(outcome);
}
