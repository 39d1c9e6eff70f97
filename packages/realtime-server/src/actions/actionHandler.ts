import type {
  ActionHandlerInput,
  ActionName,
  ActionOutput,
  AnyContract,
  Publisher,
} from '@roomcast/realtime-contract';
import type { SessionInfo } from '../session/session.ts';

/** What an action handler knows beside its input. */
export interface ActionContext {
  readonly session: SessionInfo;
  /** Aborts when the time of the action is over or the server closes. */
  readonly signal: AbortSignal;
  /** Publishes through the manager that called the handler. */
  readonly publisher: Publisher;
}

/**
 * Does what a client asked for. Throw an `ActionError` with a declared code to refuse; whatever
 * else it throws is reported to `onError` and reaches the client as `ACTION_FAILED` only.
 */
export type ActionHandler<C extends AnyContract, Name extends ActionName<C>> = (
  input: ActionHandlerInput<C, Name>,
  context: ActionContext,
) => ActionOutput<C, Name> | Promise<ActionOutput<C, Name>>;

/** The handlers of a contract's actions; one that is left out is answered with `UNKNOWN_EVENT`. */
export type ActionHandlers<C extends AnyContract> = {
  readonly [Name in ActionName<C>]?: ActionHandler<C, Name>;
};
