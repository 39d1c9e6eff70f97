import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import type { RedisClientOptions } from 'redis';
import { RedisClient } from '../connection/redisClient.ts';
import { withDeadline } from '../connection/withDeadline.ts';
import type { RedisMaster } from './redisMaster.ts';
import { serverUrl } from './serverUrl.ts';
import { SlotMap } from './slotMap.ts';

export interface AskForSlotsOptions {
  /** Some servers of the cluster; credentials and TLS of the first are those of all. */
  readonly nodes: readonly [string, ...string[]];
  readonly client: RedisClientOptions;
  readonly clock: Clock;
  /** How long the answer of one server may take, in milliseconds. */
  readonly timeoutMs: number;
  onLost(error: unknown, connection: 'commands'): void;
}

/**
 * Who holds which slot: what one master says that knows best, or else any other, or else one of the
 * nodes; null where nobody answers.
 */
export async function askForSlots(
  masters: readonly RedisMaster[],
  best: RedisMaster | undefined,
  options: AskForSlotsOptions,
): Promise<SlotMap | null> {
  const ask = async ({ commands, url }: RedisMaster) => {
    if (!commands.client) throw commands.lastError;
    return askClient(commands.client, url, options);
  };
  const told = best && (await ask(best).catch(() => null));
  return told ?? (await Promise.any(masters.map(ask)).catch(() => null)) ?? askNodes(options);
}

async function askNodes(options: AskForSlotsOptions): Promise<SlotMap | null> {
  const { nodes, onLost, timeoutMs, clock } = options;
  const events = { onLost: () => {}, onNews: () => {}, onMoved: () => {} };
  for (const url of nodes) {
    const client = new RedisClient({ ...options.client, url }, events);
    try {
      await withDeadline(client.connect(), timeoutMs, clock);
      return await askClient(client, url, options);
    } catch (error) {
      onLost(error, 'commands');
    } finally {
      client.destroy();
    }
  }
  return null;
}

async function askClient(
  client: RedisClient,
  askedUrl: string,
  { nodes, timeoutMs, clock }: AskForSlotsOptions,
): Promise<SlotMap> {
  const ranges = await withDeadline(client.slots(), timeoutMs, clock);
  if (ranges.length === 0) throw new RoomcastError('INTERNAL', 'The cluster has no slots yet.');
  return new SlotMap(ranges, (host, port) => serverUrl(nodes[0], askedUrl, host, port));
}
