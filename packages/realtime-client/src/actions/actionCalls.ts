import { type Clock, RoomcastError, readAcknowledgement } from '@roomcast/realtime-contract';
import type { Transport } from '../socket-io/openTransport.ts';

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

const defaultTimeoutMs = 10_000;

/** The requests that wait for an acknowledgement. Every one of them settles. */
export class ActionCalls {
  readonly #clock: Clock;
  readonly #waiting = new Set<(error: Error) => void>();

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
  send(
    transport: Transport | null,
    name: string,
    args: readonly unknown[],
    { timeoutMs = defaultTimeoutMs, signal }: CallOptions = {},
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!transport) return reject(notConnected(name));
      const settle = (how: () => void) => {
        if (!this.#waiting.delete(fail)) return;
        cancelTimer();
        signal?.removeEventListener('abort', onAbort);
        how();
      };
      const fail = (error: Error) => settle(() => reject(error));
      const onAbort = () => settle(() => reject(signal?.reason));
      const cancelTimer = this.#clock.schedule(() => fail(timedOut(name, timeoutMs)), timeoutMs);
      signal?.addEventListener('abort', onAbort);
      this.#waiting.add(fail);
      const onAnswer = (answer: unknown) =>
        settle(() => {
          try {
            resolve(readAcknowledgement(answer));
          } catch (error) {
            reject(error);
          }
        });
      try {
        transport.request(name, args, onAnswer);
      } catch (cause) {
        fail(notEncodable(name, cause));
      }
    });
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
