import { RoomcastError } from '@roomcast/realtime-contract';
import { createLink } from '../following/createLink.ts';
import { CallLeases } from './callLeases.ts';
import { CallNews } from './callNews.ts';
import { CallTurns } from './callTurns.ts';
import type { RedisCallLedger } from './redisCallLedger.ts';
import {
  parseRedisCallLedgerOptions,
  type RedisCallLedgerOptions,
} from './redisCallLedgerOptions.ts';
import { RedisCalls } from './redisCalls.ts';

/**
 * A ledger of calls in Redis 7 or newer, which all nodes share and which outlives each of them. It
 * connects in the background, for as long as it takes; `ready()` tells when it has.
 *
 * @throws RoomcastError `INVALID_CONFIG`
 *
 * @example
 * await using callLedger = createRedisCallLedger({ url: process.env.REDIS_URL });
 */
export function createRedisCallLedger(options: RedisCallLedgerOptions = {}): RedisCallLedger {
  const settings = parseRedisCallLedgerOptions(options);
  const link = createLink(settings);
  const calls = new RedisCalls({ ...settings, link });
  const news = new CallNews(link.channels);
  const leases = new CallLeases({ ...settings, calls });
  const turns = new CallTurns({ ...settings, calls, news, leases });
  let closing: Promise<void> | null = null;
  link.start();

  async function closeAll(): Promise<void> {
    turns.close();
    await leases.close();
    link.close();
  }

  function close(): Promise<void> {
    closing ??= closeAll();
    return closing;
  }

  return {
    claim: (call, signal) => turns.claim(call, signal),
    async ready() {
      if (closing) throw new RoomcastError('CLOSED', 'The ledger is closed.');
      await link.ready();
    },
    health: () => ({ status: !closing && link.isUp ? 'up' : 'down' }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
