import {
  type Acknowledgement,
  type ActionAnswer,
  ActionError,
  accept,
  acceptAction,
  type ReportError,
  RoomcastError,
  refuse,
} from '@roomcast/realtime-contract';
import type { ActionCall } from '../actions/dispatchAction.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { SessionLimiter } from '../limits/sessionLimiter.ts';
import type { VisitorListener } from '../limits/visitor.ts';
import type { Request } from '../socket-io/connection.ts';
import type { DialectName, Session, SessionRequests } from './session.ts';
import { tokenExpired } from './tokenExpired.ts';

/** The most requests of one session that may wait for their answer. */
const maxWaitingRequests = 256;

export interface RequestHost {
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly report: ReportError;
  readonly limiter: Pick<SessionLimiter, keyof SessionLimiter>;
  /** Runs an action for a session. */
  act(session: Session, call: ActionCall): Promise<ActionAnswer>;
}

/** Answers what a client sends, from the beginning of its session on. */
export class RequestLine implements SessionRequests, VisitorListener {
  readonly #host: RequestHost;
  readonly #session: Session;
  #previous: Promise<void>;
  #waiting = 0;
  #finished: (() => void) | null = null;

  /** @param beginning - resolves when the client was told that its session has begun */
  constructor(host: RequestHost, session: Session, beginning: Promise<void>) {
    this.#host = host;
    this.#session = session;
    this.#previous = beginning;
  }

  finish(): Promise<void> {
    return new Promise((resolve) => {
      this.#finished = resolve;
      if (this.#waiting === 0) resolve();
    });
  }

  get isExcessive(): boolean {
    return this.#host.limiter.isExcessive(this.#session);
  }

  heard(bytes: number): number {
    return this.#host.limiter.heard(this.#session, bytes);
  }

  cutOff(): void {
    this.#host.limiter.cutOff(this.#session);
  }

  answer(request: Request): void {
    // Its client learns from the end of the connection that nobody has answered, and asks again.
    if (this.#finished) return;
    const tooMuch = this.#host.limiter.charge(this.#session, request.name);
    if (tooMuch) {
      respond(this.#host, request, refuse(tooMuch));
      return;
    }
    if (this.#waiting >= maxWaitingRequests) {
      respond(this.#host, request, refuse(tooManyRequests()));
      return;
    }
    this.#waiting += 1;
    if (this.#dialect.handles(request.name)) {
      // Joins, leaves and logins of one client take effect one after the other, as it sent them.
      this.#previous = this.#previous.then(() => this.#perform(request));
    } else {
      void this.#perform(request);
    }
  }

  get #dialect(): Dialect {
    return this.#host.dialects[this.#session.dialect];
  }

  async #perform(request: Request): Promise<void> {
    const answer = await settle(this.#host, request.name, () => this.#handle(request));
    respond(this.#host, request, answer);
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#finished?.();
  }

  async #handle(request: Request): Promise<Acknowledgement> {
    const { name, args } = request;
    this.#host.limiter.assertShape(args);
    const isRequest = this.#dialect.handles(name);
    // Not before its turn comes: a request that waits behind another token is done with that.
    if (this.#session.isExpired && !(isRequest && this.#dialect.handlesExpired(name))) {
      throw tokenExpired();
    }
    if (isRequest) return accept(await this.#dialect.handle(this.#session, request));
    const call = { name, input: args[0], meta: args[1] };
    return acceptAction(await this.#host.act(this.#session, call));
  }
}

async function settle(
  { report }: RequestHost,
  name: string,
  work: () => Promise<Acknowledgement>,
): Promise<Acknowledgement> {
  try {
    return await work();
  } catch (error) {
    // What is not meant for the client must not be lost: it is told `INTERNAL` only.
    if (!isMeantForClient(error)) report(error, `request "${name.slice(0, 64)}"`);
    return refuse(error);
  }
}

function isMeantForClient(error: unknown): boolean {
  return error instanceof RoomcastError || error instanceof ActionError;
}

function respond({ report }: RequestHost, request: Request, answer: Acknowledgement): void {
  try {
    request.acknowledge(answer);
  } catch (error) {
    // The answer of an action may hold what cannot be written down, such as a BigInt.
    report(error, `acknowledgement of "${request.name.slice(0, 64)}"`);
    request.acknowledge(refuse(error));
  }
}

function tooManyRequests(): RoomcastError {
  return new RoomcastError(
    'LIMIT_EXCEEDED',
    `${maxWaitingRequests} requests wait for their answer. Wait for some before sending more.`,
  );
}
