import type { NodesBench } from './nodesBench.ts';
import { readRedisFigures } from './redisFigures.ts';

/** What it costs Redis to be read, and what one of its rooms takes. */
export interface ReadRound {
  readonly cpuUsPerRead: number;
  /** How many publications each has read. */
  readonly publications: number;
  /** All keys of a room whose history is full. */
  readonly roomBytes: number;
}

/** As many as somebody has missed who was away for a moment. */
const publications = 10;

/** Reads the end of a room again and again, as for clients that come back. */
export async function runReadRound(
  { redis, publisher }: NodesBench,
  eventId: string,
  count: number,
): Promise<ReadRound> {
  const before = await redis.info();
  await publisher.readBack({ eventId, count, publications });
  const { cpuMs } = readRedisFigures(before, await redis.info(), 0);
  return {
    ...{ cpuUsPerRead: (cpuMs * 1_000) / count, publications },
    roomBytes: await redis.bytesOf(`roomcast:{event-${eventId}}:`),
  };
}
