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
  /**
   * Publishes through the manager that called the handler. What is published with it before the
   * handler returns is applied at the caller when its call resolves, and says `causedBy` the key of
   * the call, where it says nothing else.
   */
  readonly publisher: Publisher;
  /**
   * Names the call, or null. Within 5 minutes further calls of the same user, action and key get the
   * outcome of the first. It says nothing about who may do what: `session.user` does.
   */
  readonly idempotencyKey: string | null;
  /**
   * Whether a call with this key was begun and failed, or was given up: its effect may have
   * happened. Never true without a key.
   */
  readonly retry: boolean;
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
