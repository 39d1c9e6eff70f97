import type { CallLedger } from '@roomcast/realtime-broker';
import {
  type ActionAnswer,
  type ActionDefinition,
  type AnyContract,
  type Clock,
  isActionError,
  type Publisher,
  parseActionCallMeta,
  type ReportError,
  RoomcastError,
  validate,
} from '@roomcast/realtime-contract';
import { runWithin } from '../callbacks/runWithin.ts';
import { accountOf } from '../session/accountOf.ts';
import type { Session, SessionInfo } from '../session/session.ts';
import type { ActionContext } from './actionHandler.ts';
import { hashInput } from './hashInput.ts';
import { createRecordingPublisher } from './recordingPublisher.ts';
import { runOnce } from './runOnce.ts';

export interface ActionEnvironment {
  readonly contract: AnyContract;
  readonly handlers: Readonly<
    Record<string, ((input: never, context: ActionContext) => unknown) | undefined>
  >;
  readonly publisher: Publisher;
  readonly ledger: CallLedger;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly validateOutput: boolean;
  readonly report: ReportError;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}

/** What a client sends to have an action done. */
export interface ActionCall {
  readonly name: string;
  readonly input: unknown;
  /** The second argument of the event. */
  readonly meta: unknown;
}

type Handler = NonNullable<ActionEnvironment['handlers'][string]>;

/** What is known of a call before it begins. */
interface KnownCall {
  readonly name: string;
  readonly action: ActionDefinition;
  readonly handler: Handler;
  readonly session: SessionInfo;
  readonly idempotencyKey: string | null;
}

/**
 * Validates the input of an action, runs its handler within its time and checks the answer. A call
 * with a key is done once.
 *
 * @throws RoomcastError or a declared ActionError: what the client may be told
 */
export async function dispatchAction(
  environment: ActionEnvironment,
  session: Session,
  call: ActionCall,
): Promise<ActionAnswer> {
  const known = recognise(environment, session, call);
  const { name, action, idempotencyKey } = known;
  const { ledger, timeoutMs, report } = environment;
  const tooLate = () =>
    new RoomcastError('ACTION_TIMEOUT', `The handler gave no answer within ${timeoutMs} ms.`);
  const account = accountOf(session);
  return runWithSignal(environment, tooLate, async (signal) => {
    const input = await validate(action.input, call.input, `input of "${name}"`);
    // The client has been told that it was too late: it must not happen now.
    signal.throwIfAborted();
    const run = (retry: boolean) => perform(environment, known, { input, signal, retry });
    if (idempotencyKey === null) return run(false);
    const inputHash = hashInput(call.input);
    const keyed = { caller: account, action: name, key: idempotencyKey, inputHash };
    return runOnce({ ledger, call: keyed, signal, report, tooLate, run });
  });
}

/** @throws RoomcastError `UNKNOWN_EVENT`, `UNAUTHENTICATED` or `INVALID_PAYLOAD` */
function recognise(
  { contract, handlers }: ActionEnvironment,
  { id, user, dialect }: Session,
  { name, meta }: ActionCall,
): KnownCall {
  const action = Object.hasOwn(contract.actions, name) ? contract.actions[name] : undefined;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!action || !handler) {
    throw new RoomcastError(
      'UNKNOWN_EVENT',
      `The server has no action "${name.slice(0, 64)}" (its contract is ${contract.fingerprint}).`,
    );
  }
  if (!user && !action.guests) {
    throw new RoomcastError('UNAUTHENTICATED', `The action "${name}" needs a user.`);
  }
  const { idempotencyKey = null } = parseActionCallMeta(meta);
  return { name, action, handler, session: { id, user, dialect }, idempotencyKey };
}

/** Runs the whole of an action within its time: schemas may be asynchronous too. */
async function runWithSignal<Value>(
  { clock, timeoutMs, closing }: ActionEnvironment,
  tooLate: () => RoomcastError,
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  const abort = () => over.abort();
  closing.addEventListener('abort', abort);
  try {
    return await runWithin({ clock, timeoutMs, tooLate }, () => run(over.signal));
  } finally {
    closing.removeEventListener('abort', abort);
    abort();
  }
}

/** Runs the handler. It rejects with what the client may be told, and has reported the rest. */
async function perform(
  { publisher, validateOutput, report }: ActionEnvironment,
  { name, action, handler, session, idempotencyKey }: KnownCall,
  { input, signal, retry }: { input: unknown; signal: AbortSignal; retry: boolean },
): Promise<ActionAnswer> {
  const recording = createRecordingPublisher(publisher, idempotencyKey);
  try {
    const context = { session, signal, publisher: recording, idempotencyKey, retry };
    const value = await handler(input as never, context);
    if (validateOutput) await validate(action.output, value, `output of "${name}"`);
    return { value, positions: recording.positions };
  } catch (error) {
    if (isActionError(error) && (action.errors ?? []).includes(error.code)) throw error;
    // Whoever was given up usually fails of just that.
    if (!signal.aborted) report(error, `action "${name}"`);
    throw new RoomcastError('ACTION_FAILED', `The action "${name}" failed.`, { cause: error });
  }
}
