import { AssertionError } from 'node:assert/strict';
import {
  type GapReason,
  type Position,
  type Publication,
  systemClock,
} from '@roomcast/realtime-contract';
import type { BrokerListener } from '../broker.ts';

/** Remembers what it hears, and can be waited for. */
export class RecordingListener implements BrokerListener {
  readonly publications: Publication[] = [];
  readonly gaps: { reason: GapReason; now: Position }[] = [];
  readonly #checks = new Set<() => void>();
  readonly #deliveryTimeoutMs: number;
  readonly #react: (publication: Publication) => void;

  /** @param react - called with each publication once it is remembered */
  constructor(deliveryTimeoutMs: number, react: (publication: Publication) => void = () => {}) {
    this.#deliveryTimeoutMs = deliveryTimeoutMs;
    this.#react = react;
  }

  onPublication(publication: Publication): void {
    this.publications.push(publication);
    for (const check of [...this.#checks]) check();
    this.#react(publication);
  }

  onGap(reason: GapReason, now: Position): void {
    this.gaps.push({ reason, now });
  }

  /** Resolves once it has heard so many publications that fit. */
  async heard(
    count: number,
    fits: (publication: Publication) => boolean = () => true,
  ): Promise<void> {
    const hasHeard = () => this.publications.filter(fits).length >= count;
    if (hasHeard()) return;
    await new Promise<void>((resolve, reject) => {
      const check = () => {
        if (!hasHeard()) return;
        cancelTimeout();
        this.#checks.delete(check);
        resolve();
      };
      const cancelTimeout = systemClock.schedule(() => {
        this.#checks.delete(check);
        reject(new AssertionError({ message: this.#missing() }));
      }, this.#deliveryTimeoutMs);
      this.#checks.add(check);
    });
  }

  #missing(): string {
    const payloads = JSON.stringify(this.publications.map(({ payload }) => payload));
    return `Expected another publication within ${this.#deliveryTimeoutMs} ms, heard only ${payloads}.`;
  }
}
