import { vi } from 'vitest';
import { createRedisBroker } from '../createRedisBroker.ts';
import type { RedisBroker } from '../redisBroker.ts';
import type { RedisBrokerOptions } from '../redisBrokerOptions.ts';

export const room = 'event-1';

/** A broker that comes back within milliseconds, and what a follower of its room hears. */
export interface OpenBroker extends AsyncDisposable {
  readonly broker: RedisBroker;
  /** Payloads, and gaps with their reason, in order. */
  readonly heard: readonly unknown[];
  /** Which connections were lost, in order. */
  readonly lost: readonly string[];
  follow(): Promise<void>;
  publish(payload: unknown, idempotencyKey?: string): Promise<number>;
  hears(...expected: readonly unknown[]): Promise<void>;
}

export function openBroker(options: RedisBrokerOptions): OpenBroker {
  const lost: string[] = [];
  const broker = createRedisBroker({
    onError: (_, source) => lost.push(source),
    backoff: { minDelayMs: 5, maxDelayMs: 50 },
    ...options,
  });
  const heard: unknown[] = [];
  return {
    ...{ broker, heard, lost },
    async follow() {
      await broker.subscribe(room, {
        onPublication: ({ payload }) => heard.push(payload),
        onGap: (reason) => heard.push(`gap ${reason}`),
      });
    },
    async publish(payload, idempotencyKey) {
      const rest = idempotencyKey === undefined ? {} : { idempotencyKey };
      const input = { room, event: 'sold', payload, delivery: 'reliable', ...rest } as const;
      return (await broker.publish(input)).position.offset;
    },
    hears: (...expected) =>
      vi.waitFor(
        () => {
          if (JSON.stringify(heard) !== JSON.stringify(expected)) {
            throw new Error(`Heard ${JSON.stringify(heard)}.`);
          }
        },
        { timeout: 4_000, interval: 5 },
      ),
    [Symbol.asyncDispose]: () => broker.close(),
  };
}
