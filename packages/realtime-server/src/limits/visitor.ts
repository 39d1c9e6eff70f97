import type { RoomcastError } from '@roomcast/realtime-contract';
import { Budget, type BudgetLimits } from './budget.ts';

/** Whoever answers for what a visitor sends, once it is let in. */
export interface VisitorListener {
  /** Something came from it. Says how long until more may come, in milliseconds; 0 where it may now. */
  heard(bytes: number): number;
  /** Whether it is to be cut off, for what others have sent in its name as well. */
  readonly isExcessive: boolean;
  /** It has sent far too much, and is to be told and cut off. */
  cutOff(): void;
}

/** Whoever is at the other end of a connection, as far as limits go. */
export class Visitor {
  /** Who shares its limits; null for one that no limit is for. */
  readonly address: string | null;
  /** What its CONNECT is to be refused with; null where it may be let in. */
  readonly refusal: RoomcastError | null;
  listener: VisitorListener | null = null;
  readonly #budget = new Budget();
  /** How many events came within the limits and were not looked at: many may come in one turn. */
  #granted = 0;

  constructor(address: string | null, refusal: RoomcastError | null = null) {
    this.address = address;
    this.refusal = refusal;
  }

  take(messages: number, bytes: number, limits: BudgetLimits, nowMs: number): void {
    if (this.address !== null) this.#budget.take(messages, bytes, limits, nowMs);
  }

  grant(): void {
    this.#granted += 1;
  }

  /** Whether the event that is looked at now came within the limits. */
  useGrant(): boolean {
    if (this.#granted === 0) return false;
    this.#granted -= 1;
    return true;
  }

  /** How long until it may send more, in milliseconds; 0 where that is now. */
  waitMs(limits: BudgetLimits, nowMs: number): number {
    return this.#budget.waitMs(limits, nowMs);
  }

  /** Whether it has sent so much that it is to be cut off. */
  isExcessive(limits: BudgetLimits, nowMs: number): boolean {
    return this.#budget.isExcessive(limits, nowMs) || (this.listener?.isExcessive ?? false);
  }
}
