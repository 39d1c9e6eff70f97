import { RoomcastError } from '@roomcast/realtime-contract';
import type { FakeRequest, FakeTransport } from './fakeTransport.ts';

/** A server that does each action once per user and key, moved step by step. */
export class ActionServer {
  /** What was done, in order: by whom, with which input. */
  readonly effects: { readonly user: string; readonly input: unknown }[] = [];
  /** The inputs in the order in which they first arrived. */
  readonly arrived: unknown[] = [];
  readonly #results = new Map<string, unknown>();
  #transport: FakeTransport | null = null;
  #user = '';
  #handled = 0;
  #isExpired = false;
  /** Answers on their way; also such as come over a connection that is gone. */
  #wire: (() => void)[] = [];

  welcome(transport: FakeTransport, user: string): void {
    this.#transport = transport;
    this.#user = user;
    this.#handled = 0;
    this.#isExpired = false;
    transport.welcome([], { user });
  }

  /** Takes the oldest request, and puts the answer on the wire. */
  handle(): boolean {
    const request = this.#transport?.requests[this.#handled];
    if (!request) return false;
    this.#handled += 1;
    const answer = this.#answer(request);
    this.#wire.push(answer);
    return true;
  }

  deliver(): boolean {
    const next = this.#wire.shift();
    next?.();
    return next !== undefined;
  }

  /** From now on the token is over, until it is not. */
  expire(): void {
    this.#isExpired = !this.#isExpired;
  }

  #answer({ args, accept, refuse }: FakeRequest): () => void {
    const [input, { idempotencyKey }] = args as [unknown, { idempotencyKey: string }];
    if (!this.arrived.includes(input)) this.arrived.push(input);
    if (this.#isExpired) return () => refuse(new RoomcastError('TOKEN_EXPIRED', 'Over.'));
    const key = `${this.#user} ${idempotencyKey}`;
    if (!this.#results.has(key)) {
      this.effects.push({ user: this.#user, input });
      this.#results.set(key, `done ${input}`);
    }
    return () => accept(this.#results.get(key));
  }
}
