import type { ConnectionState } from '@roomcast/realtime-client';
import { preciseNow } from '../clock/preciseNow.ts';
import type { Outage } from './findFlaps.ts';

/** Who is cut off again so soon may not have been back for the others. */
const backMs = 1_000;

/** The times in which a client had no connection. */
export class ConnectionOutages {
  readonly #name: string;
  readonly #ended: Outage[] = [];
  #fromMs: number | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  /** Hears of a state of the client. */
  readonly note = ({ status }: ConnectionState): void => {
    const nowMs = preciseNow();
    if (status === 'connected') {
      if (this.#fromMs !== null) {
        this.#ended.push({ name: this.#name, fromMs: this.#fromMs, toMs: nowMs });
      }
      this.#fromMs = null;
    } else if (this.#fromMs === null) {
      const last = this.#ended.at(-1);
      const isSame = last && nowMs - last.toMs < backMs;
      if (isSame) this.#ended.pop();
      this.#fromMs = isSame ? last.fromMs : nowMs;
    }
  };

  all(): readonly Outage[] {
    if (this.#fromMs === null) return this.#ended;
    const open = { name: this.#name, fromMs: this.#fromMs, toMs: Number.POSITIVE_INFINITY };
    return [...this.#ended, open];
  }
}
