import { type Clock, type Metrics, RoomcastError } from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import type { SessionControl } from '../session/sessionControl.ts';
import type { SessionRegistry } from '../session/sessionRegistry.ts';
import type { SessionWatchers } from '../session/sessionWatchers.ts';
import type { DrainPlan, DrainResult } from './drainOptions.ts';

export interface DrainHost {
  readonly sessions: Pick<SessionRegistry, 'size' | 'all' | 'find'>;
  readonly watchers: Pick<SessionWatchers, 'add'>;
  readonly control: Pick<SessionControl, 'end'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}

/** How long clients may take to take what was written to them, once all were sent away. */
const flushTimeMs = 1_000;

/** Sends the clients of a server away in waves, each with another time to come back. */
export class Drain {
  readonly #host: DrainHost;
  readonly #reason = new RoomcastError('SERVER_DRAINING', 'The server shuts down. Connect again.');
  readonly #over = new AbortController();
  /** Those whose turn it is or was. */
  readonly #called = new WeakSet<Session>();
  readonly #gone: Promise<void>[] = [];
  #plan: DrainPlan | null = null;
  #isRefusing = false;

  constructor(host: DrainHost) {
    this.#host = host;
  }

  /** Whether it has begun: the server is not ready for more. */
  get hasBegun(): boolean {
    return this.#plan !== null;
  }

  /** @throws RoomcastError `SERVER_DRAINING` where nobody new is let in */
  assertAdmitting(): void {
    if (this.#isRefusing) throw this.#reason;
  }

  /**
   * Resolves once every session has ended, or its time is over. To be called once.
   *
   * @param stopAccepting - called when nobody who is there needs the server to listen any more
   */
  async run(plan: DrainPlan, stopAccepting: () => void): Promise<DrainResult> {
    const { sessions, clock, watchers } = this.#host;
    const startedAtMs = clock.now();
    const tally = { drained: 0, cut: 0 };
    this.#plan = plan;
    const cancelCutOff = clock.schedule(() => this.cutOff(), plan.cutOffMs);
    const stopWatching = watchers.add({
      // Let in before the doors were closed.
      onBegin: ({ id }) => this.#isRefusing && this.#callNew(id),
      onEnd: (_, reason) => {
        if (reason === 'SERVER_DRAINING') tally.drained += 1;
      },
    });
    try {
      await this.#pause(plan.readinessDelayMs);
      this.#isRefusing = true;
      await this.#sendAway(plan, stopAccepting);
      await this.#untilEmpty();
      await this.#untilFlushed();
      tally.cut = sessions.size;
    } finally {
      stopWatching();
      cancelCutOff();
    }
    this.#host.metrics.count(
      'roomcast_drained_sessions_total',
      { result: 'drained' },
      tally.drained,
    );
    this.#host.metrics.count('roomcast_drained_sessions_total', { result: 'cut' }, tally.cut);
    return { ...tally, durationMs: clock.now() - startedAtMs };
  }

  /** Sends away at once whoever is left; does nothing where no drain is under way. */
  cutOff(): void {
    if (!this.#plan || this.#over.signal.aborted) return;
    this.#isRefusing = true;
    for (const session of this.#host.sessions.all()) this.#end(session, this.#plan.windowMs);
    this.#over.abort();
  }

  async #sendAway({ windowMs, waves }: DrainPlan, stopAccepting: () => void): Promise<void> {
    const { sessions, clock } = this.#host;
    const intervalMs = windowMs / waves;
    const startedAtMs = clock.now();
    let isAccepting = true;
    for (let left = waves; left > 0 && sessions.size > 0; left -= 1) {
      const waiting = sessions.all().filter((session) => !this.#called.has(session));
      for (const session of waiting.slice(0, Math.ceil(waiting.length / left))) {
        void this.#call(session, intervalMs);
      }
      // Each poll is a connection of its own.
      if (isAccepting && !sessions.all().some(({ connection }) => connection.isPolling)) {
        isAccepting = false;
        stopAccepting();
      }
      // A wave that took long, as on a busy machine, does not make the window longer.
      const nextAtMs = startedAtMs + (waves - left + 1) * intervalMs;
      if (left > 1) await this.#pause(Math.max(1, nextAtMs - clock.now()));
    }
    if (isAccepting && sessions.size === 0) stopAccepting();
  }

  #callNew(id: string): void {
    const session = this.#host.sessions.find(id);
    if (session) void this.#call(session, this.#plan?.windowMs ?? 0);
  }

  /** Lets a session end what it has begun, and ends it then. */
  async #call(session: Session, spreadMs: number): Promise<void> {
    this.#called.add(session);
    await session.requests?.finish();
    this.#end(session, spreadMs);
  }

  #end(session: Session, spreadMs: number): void {
    if (session.endedWith !== null || !session.connection.isOpen) return;
    const { control, random } = this.#host;
    this.#gone.push(session.connection.whenGone());
    control.end(session, this.#reason, Math.round(random() * spreadMs));
  }

  async #untilEmpty(): Promise<void> {
    const { sessions, watchers } = this.#host;
    if (sessions.size === 0) return;
    await this.#unlessOver((resolve) =>
      watchers.add({ onEnd: () => sessions.size === 0 && resolve() }),
    );
  }

  /** A connection has ended for us before its client has taken all that was written. */
  async #untilFlushed(): Promise<void> {
    const { clock } = this.#host;
    await this.#unlessOver((resolve) => {
      void Promise.all(this.#gone).then(resolve);
      return clock.schedule(resolve, flushTimeMs);
    });
  }

  async #pause(delayMs: number): Promise<void> {
    if (delayMs === 0) return;
    await this.#unlessOver((resolve) => this.#host.clock.schedule(resolve, delayMs));
  }

  /** @param begin - waits for something; what it returns ends the wait */
  async #unlessOver(begin: (resolve: () => void) => () => void): Promise<void> {
    const { signal } = this.#over;
    if (signal.aborted) return;
    let end = () => {};
    await new Promise<void>((resolve) => {
      end = begin(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    end();
  }
}
