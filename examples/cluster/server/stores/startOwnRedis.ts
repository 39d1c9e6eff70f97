import { type RunningRedis, startRedis } from '@roomcast/realtime-redis/testing';
import type { Life } from '../processes/supervise.ts';

/** A Redis of the example's own, with its data in a folder that goes with it. */
export interface OwnRedis extends AsyncDisposable {
  readonly url: string;
  /** Begins its next life, with the data of the one before. */
  startLife(): Promise<Life>;
}

/**
 * Starts the machine's `redis-server` on a free port of loopback. Each write is on disk before it is
 * answered, so that `kill -9` takes nothing with it that was acknowledged.
 */
export async function startOwnRedis(): Promise<OwnRedis> {
  const redis = await startRedis({ keepsData: true, detached: true }).catch(explain);
  let isFirst = true;
  return {
    url: redis.url,
    async startLife() {
      if (!isFirst) await redis.start();
      isFirst = false;
      const kill = () => redis.kill();
      return { ended: redis.whenGone(), kill, stop: kill };
    },
    [Symbol.asyncDispose]: () => redis[Symbol.asyncDispose](),
  };
}

function explain(cause: unknown): RunningRedis {
  throw new Error(
    'This example starts a Redis of its own and needs `redis-server`, 7 or newer, in the PATH. ' +
      'Install it: `apt-get install redis-server`, `dnf install redis` or `brew install redis`.',
    { cause },
  );
}
