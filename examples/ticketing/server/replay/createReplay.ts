import type { RecordedDelivery } from '../../recorded-day/recordedDelivery.ts';
import { pause } from './pause.ts';

/** Sends one delivery. It is asked for the next one only when this one is done. */
export type Send = (delivery: RecordedDelivery, signal: AbortSignal) => Promise<unknown>;

/** Options of {@link createReplay}. */
export interface ReplayOptions {
  readonly deliveries: readonly RecordedDelivery[];
  /** How often faster than it was: 2 makes a day of 16 minutes one of 8. */
  readonly speed: number;
  readonly send: Send;
  /** Hears of what could not be sent. The replay goes on. */
  readonly onError: (error: unknown) => void;
}

/** A day that is being played. */
export interface Replay {
  /** Stops it and waits until nothing is on its way; harmless when called twice. */
  close(): Promise<void>;
}

/** What can happen again and again. Seats are sold once. */
const endless = new Set(['market.updated', 'message.created', 'system.announcement']);

/**
 * Plays a recorded day, one delivery after the other at their times. After its end it goes on with
 * what can happen again, until it is closed.
 */
export function createReplay({ deliveries, speed, send, onError }: ReplayOptions): Replay {
  const closing = new AbortController();
  const { signal } = closing;

  async function play(day: readonly RecordedDelivery[]): Promise<void> {
    const beganAtMs = performance.now();
    for (const delivery of day) {
      const dueMs = beganAtMs + delivery.atMs / speed;
      await pause(Math.max(0, dueMs - performance.now()), signal);
      await send(delivery, signal).catch((error: unknown) => {
        if (!signal.aborted) onError(error);
      });
    }
  }

  async function run(): Promise<void> {
    await play(deliveries);
    const encore = deliveries.filter(({ type }) => endless.has(type));
    while (encore.length > 0) await play(encore);
  }

  const ended = run().catch((error: unknown) => {
    if (!signal.aborted) onError(error);
  });
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}
