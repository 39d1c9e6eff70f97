/** When a session of a user was there, in time that all processes of the machine agree on. */
export interface SessionSpan {
  readonly userId: string;
  readonly openedAtMs: number;
  /** Null where it still is. */
  readonly closedAtMs: number | null;
}

/** Notes which sessions a node has had. */
export class SessionSpans {
  readonly #spans = new Map<string, SessionSpan>();

  opened(userId: string, connection: string): void {
    this.#spans.set(connection, { userId, openedAtMs: now(), closedAtMs: null });
  }

  closed(connection: string): void {
    const span = this.#spans.get(connection);
    if (span) this.#spans.set(connection, { ...span, closedAtMs: now() });
  }

  all(): readonly SessionSpan[] {
    return [...this.#spans.values()];
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
