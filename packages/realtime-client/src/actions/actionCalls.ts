import { type Clock, RoomcastError, readAcknowledgement } from '@roomcast/realtime-contract';
import type { Transport } from '../socket-io/transport.ts';

/** How one call behaves. */
export interface CallOptions {
  /**
   * How long to wait for the acknowledgement, in milliseconds.
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /** Stops waiting; what the server does cannot be taken back. */
  readonly signal?: AbortSignal;
}

/** What is sent, and how long to wait for the answer. */
export interface Request extends CallOptions {
  readonly name: string;
  readonly args: readonly unknown[];
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

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Sends a request and waits for its acknowledgement.
   *
   * @throws the refusal, or RoomcastError `NOT_CONNECTED`, `CONNECTION_LOST`, `ACTION_TIMEOUT` or,
   * for what has no form on the wire, `INVALID_PAYLOAD`
   */
  send(transport: Transport | null, request: Request): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { name, signal } = request;
      if (signal?.aborted) reject(signal.reason);
      else if (transport) this.start(transport, request, { resolve, reject });
      else reject(notConnected(name));
    });
  }

  /**
   * Sends a request and tells the outcome in the moment in which it is known: before anything that
   * arrives behind the acknowledgement, which a promise cannot promise.
   */
  start(transport: Transport, request: Request, outcome: Outcome<unknown>): void {
    const { name, args, timeoutMs = defaultTimeoutMs, signal } = request;
    const settle = (how: () => void) => {
      if (!this.#waiting.delete(fail)) return;
      cancelTimer();
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const fail = (error: unknown) => settle(() => outcome.reject(error));
    const onAbort = () => fail(signal?.reason);
    const cancelTimer = this.#clock.schedule(() => fail(timedOut(name, timeoutMs)), timeoutMs);
    signal?.addEventListener('abort', onAbort);
    this.#waiting.add(fail);
    const onAnswer = (answer: unknown) => settle(() => read(answer, outcome));
    try {
      transport.request(name, args, onAnswer);
    } catch (cause) {
      fail(notEncodable(name, cause));
    }
  }

  /** The connection is gone: none of the answers will come. */
  failAll(): void {
    for (const fail of [...this.#waiting]) {
      fail(
        new RoomcastError('CONNECTION_LOST', 'The connection closed before the answer arrived.'),
      );
    }
  }
}

function read(answer: unknown, { resolve, reject }: Outcome<unknown>): void {
  let value: unknown;
  try {
    value = readAcknowledgement(answer);
  } catch (error) {
    reject(error);
    return;
  }
  resolve(value);
}

function notConnected(name: string): RoomcastError {
  return new RoomcastError('NOT_CONNECTED', `"${name}" was not sent: there is no connection.`);
}

/** Such as a list that contains itself. */
function notEncodable(name: string, cause: unknown): RoomcastError {
  return new RoomcastError('INVALID_PAYLOAD', `"${name}" was not sent: its input is no JSON.`, {
    cause,
  });
}

function timedOut(name: string, timeoutMs: number): RoomcastError {
  return new RoomcastError('ACTION_TIMEOUT', `"${name}" had no answer within ${timeoutMs} ms.`);
}
