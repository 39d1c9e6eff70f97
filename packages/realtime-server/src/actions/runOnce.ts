import {
  type ActionAnswer,
  acceptAction,
  isActionError,
  RoomcastError,
  readActionAcknowledgement,
  refuse,
} from '@roomcast/realtime-contract';
import type { CallLedger, KeyedCall, OwnedCall } from './callLedger.ts';

export interface OnceOptions {
  readonly ledger: CallLedger;
  readonly call: KeyedCall;
  /** Aborts when nobody waits for the outcome any more. */
  readonly signal: AbortSignal;
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
 * Does a call, unless that was done already: then its outcome is that of the first time.
 *
 * @throws RoomcastError or ActionError: what `run` rejects with, or rejected with then;
 * `IDEMPOTENCY_CONFLICT`
 */
export async function runOnce({
  ledger,
  call,
  signal,
  tooLate,
  run,
}: OnceOptions): Promise<ActionAnswer> {
  const claim = await ledger.claim(call);
  if (claim.status === 'conflict') {
    throw new RoomcastError(
      'IDEMPOTENCY_CONFLICT',
      `The key was used for a call of "${call.action}" with another input.`,
    );
  }
  // An outcome is remembered as it is written to the wire.
  if (claim.status === 'done') return readActionAcknowledgement(JSON.parse(claim.outcome));
  const giveUp = () => claim.abandon(JSON.stringify(refuse(tooLate())));
  signal.addEventListener('abort', giveUp);
  try {
    if (signal.aborted) throw tooLate();
    const answer = await run(claim.retry);
    remember(claim, answer);
    return answer;
  } catch (error) {
    const outcome = JSON.stringify(refuse(error));
    // A refusal is meant, and will be meant again; after any other error nothing is certain.
    if (isActionError(error)) claim.settle(outcome);
    else claim.abandon(outcome);
    throw error;
  }
}

function remember(claim: OwnedCall, answer: ActionAnswer): void {
  try {
    claim.settle(JSON.stringify(acceptAction(answer)));
  } catch (error) {
    // It holds what cannot be written down, as will be noticed again when it is to be sent.
    claim.abandon(JSON.stringify(refuse(error)));
  }
}
