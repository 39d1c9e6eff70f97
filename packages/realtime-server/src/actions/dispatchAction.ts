import {
  type ActionDefinition,
  ActionError,
  type AnyContract,
  type Clock,
  type Publisher,
  type ReportError,
  RoomcastError,
  validate,
} from '@roomcast/realtime-contract';
import { runWithin } from '../callbacks/runWithin.ts';
import type { Session } from '../session/session.ts';
import type { ActionContext } from './actionHandler.ts';

export interface ActionEnvironment {
  readonly contract: AnyContract;
  readonly handlers: Readonly<
    Record<string, ((input: never, context: ActionContext) => unknown) | undefined>
  >;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly validateOutput: boolean;
  readonly report: ReportError;
  /** Aborts when the server closes. */
  readonly closing: AbortSignal;
}

/**
 * Validates the input of an action, runs its handler within its time and checks the answer.
 *
 * @throws RoomcastError or a declared ActionError: what the client may be told
 */
export async function dispatchAction(
  environment: ActionEnvironment,
  session: Session,
  name: string,
  rawInput: unknown,
): Promise<unknown> {
  const { contract, handlers, report } = environment;
  const action = Object.hasOwn(contract.actions, name) ? contract.actions[name] : undefined;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!action || !handler) {
    throw new RoomcastError(
      'UNKNOWN_EVENT',
      `The server has no action "${name.slice(0, 64)}" (its contract is ${contract.fingerprint}).`,
    );
  }
  if (!session.user && !action.guests) {
    throw new RoomcastError('UNAUTHENTICATED', `The action "${name}" needs a user.`);
  }
  let inputError: unknown = null;
  try {
    return await runWithContext(environment, session, async (context) => {
      const input = await validate(action.input, rawInput, `input of "${name}"`).catch((error) => {
        inputError = error;
        throw error;
      });
      const output = await handler(input as never, context);
      if (environment.validateOutput) {
        await validate(action.output, output, `output of "${name}"`);
      }
      return output;
    });
  } catch (error) {
    if (error === inputError || isTellable(error, action)) throw error;
    report(error, `action "${name}"`);
    throw new RoomcastError('ACTION_FAILED', `The action "${name}" failed.`, { cause: error });
  }
}

/** Runs the whole of an action within its time: schemas may be asynchronous too. */
async function runWithContext(
  { clock, timeoutMs, publisher, closing }: ActionEnvironment,
  { id, user, dialect }: Session,
  run: (context: ActionContext) => unknown,
): Promise<unknown> {
  const over = new AbortController();
  const abort = () => over.abort();
  const context = { session: { id, user, dialect }, signal: over.signal, publisher };
  const tooLate = () => new ActionTimeout(`The handler gave no answer within ${timeoutMs} ms.`);
  closing.addEventListener('abort', abort);
  try {
    return await runWithin({ clock, timeoutMs, tooLate }, () => run(context));
  } finally {
    closing.removeEventListener('abort', abort);
    abort();
  }
}

/** Ours, so that a handler that throws a RoomcastError of its own is not mistaken for it. */
class ActionTimeout extends RoomcastError {
  constructor(message: string) {
    super('ACTION_TIMEOUT', message);
  }
}

function isTellable(error: unknown, action: ActionDefinition): boolean {
  if (error instanceof ActionTimeout) return true;
  return error instanceof ActionError && (action.errors ?? []).includes(error.code);
}
