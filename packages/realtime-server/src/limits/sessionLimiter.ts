import { type Clock, type Logger, type Metrics, RoomcastError } from '@roomcast/realtime-contract';
import type { Session } from '../session/session.ts';
import type { SessionControl } from '../session/sessionControl.ts';
import type { Accounts } from './accounts.ts';
import type { LimitSettings } from './limitOptions.ts';
import { assertShape } from './shape.ts';

export interface SessionLimiterHost {
  readonly limits: LimitSettings;
  readonly accounts: Accounts;
  readonly control: Pick<SessionControl, 'end'>;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** Holds what sessions send to their limits. */
export class SessionLimiter {
  readonly #host: SessionLimiterHost;
  readonly #costs: ReadonlyMap<string, number>;

  constructor(host: SessionLimiterHost) {
    this.#host = host;
    this.#costs = new Map(Object.entries(host.limits.costs));
  }

  /**
   * Counts a message for the user of a session; its connection has counted it for itself.
   *
   * @returns how long until the user may send more, in milliseconds; 0 where that is now
   */
  heard({ place: { userId } }: Session, bytes: number): number {
    if (userId === null) return 0;
    this.#host.accounts.take(userId, 1, bytes);
    return this.#host.accounts.waitMs(userId);
  }

  /** Whether all connections of the session's user have sent far too much. */
  isExcessive({ place: { userId } }: Session): boolean {
    return userId !== null && this.#host.accounts.isExcessive(userId);
  }

  /** Counts what an event costs beyond its message; a refusal where there was too much. */
  charge(session: Session, name: string): RoomcastError | null {
    const { connection, place } = session;
    const { visitor } = connection;
    const { userId } = place;
    if (visitor.address === null) return null;
    const { limits, accounts, clock, metrics } = this.#host;
    const isGranted = visitor.useGrant();
    const more = (this.#costs.get(name) ?? 1) - 1;
    if (isGranted && more === 0) return null;
    visitor.take(more, 0, limits, clock.now());
    if (userId !== null) accounts.take(userId, more, 0);
    const retryAfterMs = this.#waitMs(session);
    if (isGranted && retryAfterMs === 0) return null;
    metrics.count('roomcast_limited_total', { limit: 'requests' });
    return rateLimited(retryAfterMs);
  }

  /** @throws RoomcastError `INVALID_PAYLOAD` for data that is too deep or too wide */
  assertShape(args: readonly unknown[]): void {
    assertShape(args, this.#host.limits);
  }

  /** Tells a session that it has sent far too much, and ends it. */
  cutOff(session: Session): void {
    if (session.endedWith !== null) return;
    const { control, metrics, logger } = this.#host;
    const { connection, place } = session;
    const { address, userId } = place;
    metrics.count('roomcast_limited_total', { limit: 'messages' });
    logger.info(
      { session: session.id, address, userId },
      'a client that sent too much was cut off',
    );
    const retryAfterMs = this.#waitMs(session);
    control.end(session, rateLimited(retryAfterMs), retryAfterMs);
    connection.cutOff();
  }

  /** How long until a session may send more, in milliseconds. */
  #waitMs({ connection: { visitor }, place: { userId } }: Session): number {
    const { limits, accounts, clock } = this.#host;
    const ofUserMs = userId === null ? 0 : accounts.waitMs(userId);
    return Math.max(visitor.waitMs(limits, clock.now()), ofUserMs);
  }
}

function rateLimited(retryAfterMs: number): RoomcastError {
  return new RoomcastError('RATE_LIMITED', `Too much was sent. Wait for ${retryAfterMs} ms.`, {
    retryAfterMs,
  });
}
