import { Changes } from '../../waiting/changes.ts';
import type { MemberRecord, Signal } from './memberRecord.ts';

/** Writes down what one member hears. */
export class MemberLog {
  readonly changes: Changes = new Changes();
  readonly #heard: number[] = [];
  readonly #latenciesMs: number[] = [];
  readonly #signals: Signal[] = [];
  readonly #lostAtMs: number[] = [];
  readonly #backAtMs: number[] = [];
  readonly #problems: string[] = [];
  #longestAwayMs = 0;
  #isAway = false;
  #isJoined = false;
  #isEnded = false;

  /** Whether it has been let in at least once. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Whether it is on its way back. */
  get isAway(): boolean {
    return this.#isAway;
  }

  /** Whether it has heard the end of the stream. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  hear(id: number, atMs: number): void {
    this.#heard.push(id);
    this.#latenciesMs.push(Date.now() - atMs);
  }

  end(): void {
    this.#isEnded = true;
    this.changes.tell();
  }

  signal(reason: string): void {
    this.#signals.push({ at: this.#heard.length, reason });
  }

  problem(text: string): void {
    this.#problems.push(text);
  }

  lost(): void {
    if (this.#isAway) return;
    this.#isAway = true;
    this.#lostAtMs.push(Date.now());
  }

  /** It is in its room, for the first time or again. */
  joined(): void {
    this.#isJoined = true;
    const lostAtMs = this.#lostAtMs.at(-1);
    if (this.#isAway && lostAtMs !== undefined) {
      this.#longestAwayMs = Math.max(this.#longestAwayMs, Date.now() - lostAtMs);
      this.#backAtMs.push(Date.now());
    }
    this.#isAway = false;
    this.changes.tell();
  }

  record(userId: string, eventId: string): MemberRecord {
    return {
      ...{ userId, eventId },
      heard: Float64Array.from(this.#heard),
      latenciesMs: Float64Array.from(this.#latenciesMs),
      ...{ signals: this.#signals, lostAtMs: this.#lostAtMs, problems: this.#problems },
      backAtMs: this.#backAtMs,
      longestAwayMs: this.#longestAwayMs,
    };
  }
}
