import type { BrokerHealth, RateCounter } from '@roomcast/realtime-broker';
import { RoomcastError } from '@roomcast/realtime-contract';
import { createLink } from '../following/createLink.ts';
import { parseRedisBrokerOptions } from '../parseRedisBrokerOptions.ts';
import type { RedisRateCounterOptions } from './redisRateCounterOptions.ts';

/** A counter of rates in Redis, and this process's connections to it. */
export interface RedisRateCounter extends RateCounter, AsyncDisposable {
  /** Whether there is a connection to every Redis that it needs. */
  health(): BrokerHealth;
  /**
   * Resolves once Redis can be used; a server does without it until then.
   *
   * @throws RoomcastError `CONNECTION_FAILED` where that takes longer than `timeoutMs`; `CLOSED`
   */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Counts handshakes and messages in Redis 7 or newer for all nodes: the `rateCounter` of the limits
 * of a server. It connects in the background, for as long as it takes.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using rateCounter = createRedisRateCounter({ url: process.env.REDIS_URL });
 */
export function createRedisRateCounter(options: RedisRateCounterOptions = {}): RedisRateCounter {
  const settings = parseRedisBrokerOptions(options);
  const link = createLink(settings);
  let isClosed = false;
  link.start();

  async function close(): Promise<void> {
    isClosed = true;
    link.close();
  }

  return {
    async add(key, amount, windowMs) {
      if (isClosed) throw closed();
      // One that is away for a moment is not waited for: the caller counts for itself meanwhile.
      if (!link.isUp)
        throw new RoomcastError('CONNECTION_FAILED', 'There is no Redis to count in.');
      const name = rateKey(settings.keyPrefix, key);
      const args = [String(amount), String(windowMs)];
      const reply = await link.use(name, (client) => client.run('countRate', [name], args));
      const [spent, endsInMs] = Array.isArray(reply) ? reply : [];
      return { spent: Number(spent), endsInMs: Number(endsInMs) };
    },
    health: () => ({ status: !isClosed && link.isUp ? 'up' : 'down' }),
    async ready() {
      if (isClosed) throw closed();
      await link.ready();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The key as JSON, which keeps apart what is no text that UTF-8 can carry. */
function rateKey(prefix: string, key: string): string {
  return `${prefix}:rates:{${JSON.stringify(key)}}`;
}

function closed(): RoomcastError {
  return new RoomcastError('CLOSED', 'The counter is closed.');
}
