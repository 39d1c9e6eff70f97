import type {
  ActionError,
  ActionErrorCode,
  ActionHandlerInput,
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  RoomcastError,
} from '@roomcast/realtime-contract';
import type { MockPublish } from './mockPublish.ts';

/** What is known of a call when it is answered. */
export interface MockActionContext<C extends AnyContract> {
  /** Null for a guest. */
  readonly user: string | null;
  readonly idempotencyKey: string | null;
  /** As `mock.publish`, in the name of this call: its caller waits until it has heard of it. */
  readonly publish: MockPublish<C>;
}

/** How an action ends: with an output or a declared refusal. */
export type MockOutcome<C extends AnyContract, Name extends ActionName<C>> =
  | ActionOutput<C, Name>
  | ActionError<ActionErrorCode<C, Name>>;

/**
 * How the calls of an action are answered: with an outcome, or by a function that makes one. A
 * `RoomcastError` is a refusal of the server itself, which comes before any handler is asked.
 */
export type MockAnswer<C extends AnyContract, Name extends ActionName<C>> =
  | MockOutcome<C, Name>
  | RoomcastError
  | ((
      input: ActionHandlerInput<C, Name>,
      context: MockActionContext<C>,
    ) => MockOutcome<C, Name> | Promise<MockOutcome<C, Name>>);

/** An action that was called. */
export type MockCall<C extends AnyContract> = {
  [Name in ActionName<C>]: {
    readonly action: Name;
    readonly input: ActionInput<C, Name>;
    readonly idempotencyKey: string | null;
  };
}[ActionName<C>];
