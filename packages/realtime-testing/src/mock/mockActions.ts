import {
  type Acknowledgement,
  type AnyContract,
  acceptAction,
  isActionError,
  type Position,
  parseActionCallMeta,
  RoomcastError,
  type RoomPosition,
  refuse,
  validate,
} from '@roomcast/realtime-contract';
import { validateNow } from './validateNow.ts';

/** An action that was called, as the mock keeps it. */
export interface RecordedCall {
  readonly action: string;
  readonly input: unknown;
  readonly idempotencyKey: string | null;
}

/** A call with a key, which is done once. */
interface KeyedCall {
  readonly input: string;
  readonly answer: Promise<Acknowledgement>;
}

export interface ActionRequest {
  readonly name: string;
  readonly input: unknown;
  readonly meta: unknown;
  readonly user: string | null;
}

/** What an answer that is a function is given beside the input. */
export interface AnswerContext {
  readonly user: string | null;
  readonly idempotencyKey: string | null;
  publish(name: string, payload?: unknown, params?: Readonly<Record<string, string>>): Position;
}

export interface MockActionsOptions {
  readonly contract: AnyContract;
  /** A `publish` for one call, and the positions of what was published by it. */
  recordPublish(causedBy: string | null): {
    readonly publish: AnswerContext['publish'];
    readonly positions: readonly RoomPosition[];
  };
}

/** The actions of the mock: how the test answers them, and which were called. */
export class MockActions {
  readonly #options: MockActionsOptions;
  readonly #answers = new Map<string, unknown>();
  readonly #done = new Map<string, KeyedCall>();
  readonly calls: RecordedCall[] = [];

  constructor(options: MockActionsOptions) {
    this.#options = options;
  }

  /** @throws RoomcastError `UNKNOWN_EVENT`, or `INVALID_PAYLOAD` for an output that does not fit */
  answer(name: string, answer: unknown): void {
    const action = this.#definition(name);
    const isOutput = typeof answer !== 'function' && !(answer instanceof Error);
    if (isOutput) validateNow(action.output, answer, `output of "${name}"`);
    this.#answers.set(name, answer);
  }

  /** Never rejects. */
  async dispatch(request: ActionRequest): Promise<Acknowledgement> {
    try {
      return await this.#run(request);
    } catch (error) {
      return refuse(error);
    }
  }

  async #run({ name, input, meta, user }: ActionRequest): Promise<Acknowledgement> {
    const action = this.#definition(name);
    if (user === null && !action.guests) {
      throw new RoomcastError('UNAUTHENTICATED', `The action "${name}" needs a user.`);
    }
    const { idempotencyKey = null } = parseActionCallMeta(meta);
    const value = await validate(action.input, input, `input of "${name}"`);
    const id = idempotencyKey === null ? null : JSON.stringify([user, name, idempotencyKey]);
    const done = id === null ? undefined : this.#done.get(id);
    if (done?.input === JSON.stringify(input)) return done.answer;
    if (done) throw new RoomcastError('IDEMPOTENCY_CONFLICT', 'The key is of another input.');
    this.calls.push({ action: name, input, idempotencyKey });
    const answer = this.#perform(name, value, { user, idempotencyKey });
    if (id === null) return answer;
    this.#done.set(id, { input: JSON.stringify(input), answer });
    // What failed without an outcome is done again.
    answer.catch(() => this.#done.delete(id));
    return answer;
  }

  /** @throws RoomcastError: what is no outcome of the action, so that a repeated call does it again */
  async #perform(
    name: string,
    input: unknown,
    session: Omit<AnswerContext, 'publish'>,
  ): Promise<Acknowledgement> {
    if (!this.#answers.has(name)) {
      const remedy = `Call \`mock.answer('${name}', …)\` first.`;
      throw new RoomcastError('UNKNOWN_EVENT', `The mock has no answer to "${name}". ${remedy}`);
    }
    const { output, errors = [] } = this.#definition(name);
    const given = this.#answers.get(name);
    const { publish, positions } = this.#options.recordPublish(session.idempotencyKey);
    const context = { ...session, publish };
    try {
      const value = typeof given === 'function' ? await given(input, context) : given;
      if (value instanceof Error) throw value;
      await validate(output, value, `output of "${name}"`);
      return acceptAction({ value, positions });
    } catch (error) {
      if (isActionError(error) && errors.includes(error.code)) return refuse(error);
      if (error === given && error instanceof RoomcastError) throw error;
      const reason = isActionError(error) ? `"${error.code}" is not declared` : String(error);
      throw new RoomcastError('ACTION_FAILED', `The action "${name}" failed: ${reason}.`);
    }
  }

  #definition(name: string): AnyContract['actions'][string] {
    const { actions, fingerprint } = this.#options.contract;
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action) return action;
    throw new RoomcastError(
      'UNKNOWN_EVENT',
      `The contract (${fingerprint}) has no action "${name}".`,
    );
  }
}
