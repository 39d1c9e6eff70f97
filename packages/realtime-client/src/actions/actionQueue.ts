import { type CancelTimer, type ErrorCode, isRoomcastError } from '@roomcast/realtime-contract';
import type { ConnectionState } from '../connection/connectionState.ts';
import { encodeJson } from '../socket-io/packet.ts';
import type { Outcome, Request } from './actionCalls.ts';
import { callError } from './callError.ts';
import type { OfflinePolicy } from './callOptions.ts';
import type { OutboxLink, OutboxQueue } from './outbox.ts';
import type { QueuedAction } from './queuedAction.ts';

export interface QueueOptions {
  /** The actions that are queued unless their call says otherwise. */
  readonly actions: readonly string[];
  readonly maxActions: number;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
}

/**
 * How long after it was first sent an action may be sent again, in milliseconds: the server remembers
 * what became of it for five minutes, and the way there takes some time.
 */
const retryWindowMs = 270_000;

/** How many are on their way at once: a server bounds what one session may ask for. */
const maxOnTheirWay = 16;

/** How long to wait, for another token or a full budget, before an action is sent once more. */
const pauseMs = 1_000;

/** The actions of one client that wait, for a connection or for their answer, in order. */
export class ActionQueue implements OutboxQueue {
  readonly #link: OutboxLink;
  readonly #options: QueueOptions;
  /** In the order of their calls. */
  readonly #actions = new Set<QueuedAction>();
  #bytes = 0;
  #onTheirWay = 0;
  /** Whose connection it is, or was last. */
  #user: string | null | undefined;
  /** Ends the pause; null while there is none. */
  #cancelPause: CancelTimer | null = null;
  #isClosed = false;

  constructor(link: OutboxLink, options: QueueOptions) {
    this.#link = link;
    this.#options = options;
    link.states.add((state) => this.#follow(state));
  }

  call(request: Request, offline: OfflinePolicy | undefined): Promise<unknown> {
    const isQueued = offline ? offline === 'queue' : this.#options.actions.includes(request.name);
    if (!isQueued) return this.#link.act(request);
    return new Promise((resolve, reject) => this.#add(request, { resolve, reject }));
  }

  close(): void {
    this.#isClosed = true;
    this.#endPause();
    for (const action of this.#actions) this.#giveUp(action);
  }

  #follow(state: ConnectionState): void {
    this.#endPause();
    if (state.status === 'connected') this.#sendAll();
    // Those on their way come back in a moment, and find the same.
    if (isOver(state)) for (const action of this.#waiting()) this.#giveUp(action);
  }

  #add(request: Request, outcome: Outcome<unknown>): void {
    const { name, args, signal } = request;
    signal?.throwIfAborted();
    const text = encode(name, args);
    const bytes = new TextEncoder().encode(text).length;
    const { maxActions, maxBytes } = this.#options;
    if (this.#actions.size >= maxActions || this.#bytes + bytes > maxBytes) {
      throw callError('LIMIT_EXCEEDED', name, 'was not queued: the outbox is full.');
    }
    const { state } = this.#link.connection;
    const onAbort = () => action.outcome.reject(signal?.reason);
    const settle = (how: () => void) => {
      if (!this.#actions.delete(action)) return;
      this.#bytes -= bytes;
      action.cancelTimer();
      signal?.removeEventListener('abort', onAbort);
      how();
    };
    const action: QueuedAction = {
      // What the caller does to the input from now on is not part of the call.
      request: { ...request, args: JSON.parse(text) },
      outcome: {
        resolve: (value) => settle(() => outcome.resolve(value)),
        reject: (error) => settle(() => outcome.reject(error)),
      },
      ...{
        calledAtMs: this.#link.clock.now(),
        user: state.status === 'connected' ? state.userId : this.#user,
      },
      ...{ sentAtMs: null, isOnItsWay: false, cancelTimer: () => {} },
    };
    signal?.addEventListener('abort', onAbort);
    this.#actions.add(action);
    this.#bytes += bytes;
    this.#wait(action);
    this.#sendAll();
  }

  *#waiting(): Generator<QueuedAction> {
    for (const action of this.#actions) if (!action.isOnItsWay) yield action;
  }

  /** Sends what may be sent now, in order. */
  #sendAll(): void {
    const { state } = this.#link.connection;
    if (state.status !== 'connected') return;
    // Not only when it is told: a callback of the welcome may call an action before.
    this.#user = state.userId;
    for (const action of this.#waiting()) {
      if (action.user === undefined) action.user = state.userId;
      // Nothing is ever done in the name of another user than the one who called it.
      if (action.user !== state.userId) this.#giveUp(action);
      // After a sleep of the machine its timer is late.
      else if (this.#restMs(action) <= 0) this.#giveUp(action);
      else if (!this.#cancelPause && this.#onTheirWay < maxOnTheirWay) void this.#send(action);
    }
  }

  async #send(action: QueuedAction): Promise<void> {
    const { request, outcome, sentAtMs } = action;
    action.cancelTimer();
    action.isOnItsWay = true;
    action.sentAtMs ??= this.#link.clock.now();
    this.#onTheirWay += 1;
    await this.#link.act(request).then(outcome.resolve, (error: unknown) => {
      action.isOnItsWay = false;
      const isUnseen =
        isRoomcastError(error, 'TOKEN_EXPIRED') || isRoomcastError(error, 'RATE_LIMITED');
      if (isUnseen) {
        // The server has not looked at it.
        action.sentAtMs = sentAtMs;
        this.#pause();
      }
      if (isUnseen || isRoomcastError(error, 'CONNECTION_LOST')) this.#wait(action);
      else outcome.reject(error);
    });
    this.#onTheirWay -= 1;
    this.#sendAll();
  }

  /** Waits until it can be sent, as long as sending it can still be right. */
  #wait(action: QueuedAction): void {
    // It may have been settled on its way.
    if (!this.#actions.has(action)) return;
    const restMs = this.#restMs(action);
    // A guest is somebody else after every reconnect: the server would do it once more.
    const isUnknown = action.user === null && action.sentAtMs !== null;
    if (restMs <= 0 || isUnknown || this.#isClosed || isOver(this.#link.connection.state)) {
      this.#giveUp(action);
      return;
    }
    action.cancelTimer = this.#link.clock.schedule(() => this.#giveUp(action), restMs);
  }

  /** For how long it may still be sent. */
  #restMs({ calledAtMs, sentAtMs }: QueuedAction): number {
    const { maxAgeMs } = this.#options;
    const ageEndMs = calledAtMs + maxAgeMs;
    const endMs = sentAtMs === null ? ageEndMs : Math.min(ageEndMs, sentAtMs + retryWindowMs);
    // A clock that was set back makes nobody wait longer.
    return Math.min(endMs - this.#link.clock.now(), maxAgeMs);
  }

  #giveUp({ request: { name }, outcome, user, sentAtMs }: QueuedAction): void {
    const { state } = this.#link.connection;
    const fail = (code: ErrorCode, what: string) =>
      outcome.reject(callError(code, name, what, 'error' in state ? state.error : undefined));
    if (sentAtMs !== null) fail('CONNECTION_LOST', 'was sent, and no answer came.');
    else if (this.#isClosed) fail('CLOSED', 'was not sent: the client is closed.');
    else if (user !== this.#user) fail('FORBIDDEN', 'was not sent: another user called it.');
    else fail('NOT_CONNECTED', 'was not sent: there was no connection in time.');
  }

  /** The token has run out, and the client gets another; or it has sent too much. */
  #pause(): void {
    this.#cancelPause ??= this.#link.clock.schedule(() => {
      this.#cancelPause = null;
      this.#sendAll();
    }, pauseMs);
  }

  #endPause(): void {
    this.#cancelPause?.();
    this.#cancelPause = null;
  }
}

/** Whether the connection has ended for good, and not because the user wanted it. */
function isOver(state: ConnectionState): boolean {
  return state.status === 'closed' && state.error !== null;
}

function encode(name: string, args: readonly unknown[]): string {
  try {
    return encodeJson(args);
  } catch (cause) {
    throw callError('INVALID_PAYLOAD', name, 'was not queued: its input is no JSON.', cause);
  }
}
