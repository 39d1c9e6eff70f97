import {
  type ActionAnswer,
  type Clock,
  RoomcastError,
  readActionAcknowledgement,
} from '@roomcast/realtime-contract';
import type { Transport } from '../socket-io/transport.ts';
import { callError } from './callError.ts';

/** What is sent, and how long to wait for the answer. */
export interface Request {
  readonly name: string;
  readonly args: readonly unknown[];
  /** How long to wait for the acknowledgement, in milliseconds; ten seconds when left out. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** How a request ends: with one of the two, once. */
export interface Outcome<Value> {
  resolve(value: Value): void;
  reject(error: unknown): void;
}

const defaultTimeoutMs = 10_000;

/** The requests that wait for an acknowledgement. Every one of them settles. */
export class ActionCalls {
  readonly #clock: Clock;
  readonly #waiting = new Set<(error: unknown) => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Sends a request and waits for its acknowledgement.
   *
   * @throws the refusal, or RoomcastError `NOT_CONNECTED`, `CONNECTION_LOST`, `ACTION_TIMEOUT` or,
   * for what has no form on the wire, `INVALID_PAYLOAD`
   */
  async send(transport: Transport | null, request: Request): Promise<ActionAnswer> {
    request.signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      if (this.start(transport, request, { resolve, reject })) return;
      reject(callError('NOT_CONNECTED', request.name, 'was not sent: there is no connection.'));
    });
  }

  /**
   * Sends a request and tells the outcome in the moment in which it is known: before anything that
   * arrives behind the acknowledgement, which a promise cannot promise.
   *
   * @returns false while there is no connection
   */
  start(transport: Transport | null, request: Request, outcome: Outcome<ActionAnswer>): boolean {
    if (!transport) return false;
    const { name, args, timeoutMs = defaultTimeoutMs, signal } = request;
    const settle = (how: () => void) => {
      if (!this.#waiting.delete(fail)) return;
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const fail = (error: unknown) => settle(() => outcome.reject(error));
    const onAbort = () => fail(signal?.reason);
    const cancelTimer = this.#clock.schedule(() => {
      fail(callError('ACTION_TIMEOUT', name, `had no answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    signal?.addEventListener('abort', onAbort);
    this.#waiting.add(fail);
    const onAnswer = (answer: unknown) => settle(() => read(answer, outcome));
    try {
      transport.request(name, args, onAnswer);
    } catch (cause) {
      // Such as a list that contains itself.
      fail(callError('INVALID_PAYLOAD', name, 'was not sent: its input is no JSON.', cause));
    }
    return true;
  }

  /** The connection is gone: none of the answers will come. */
  failAll(): void {
    for (const fail of [...this.#waiting]) {
      fail(new RoomcastError('CONNECTION_LOST', 'The connection ended before the answer came.'));
    }
  }
}

/** Every acknowledgement is read as that of an action: the others have no positions. */
function read(answer: unknown, { resolve, reject }: Outcome<ActionAnswer>): void {
  let read: ActionAnswer;
  try {
    read = readActionAcknowledgement(answer);
  } catch (error) {
    reject(error);
    return;
  }
  resolve(read);
}
