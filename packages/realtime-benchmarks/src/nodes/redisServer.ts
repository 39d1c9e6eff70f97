import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Part } from '@roomcast/realtime-processes';
import { type RunningRedis, startRedis } from '@roomcast/realtime-redis/testing';

/** A Redis of the benchmark's own, and what it says of itself. */
export interface RedisServer extends Part {
  /** @returns its URL */
  start(): Promise<string>;
  /** All that `INFO` tells. */
  info(): Promise<string>;
  /** What the keys whose names begin so take, in bytes. */
  bytesOf(prefix: string): Promise<number>;
  close(): Promise<void>;
}

export function createPart(): RedisServer {
  let redis: RunningRedis | undefined;

  async function ask(...command: string[]): Promise<string> {
    if (!redis) throw new Error('Call `start` first.');
    const args = ['-p', String(redis.port), '--raw', ...command];
    const { stdout } = await promisify(execFile)('redis-cli', args, { maxBuffer: 2 ** 24 });
    return stdout;
  }

  return {
    async start() {
      redis = await startRedis();
      return redis.url;
    },
    info: () => ask('info', 'everything'),
    async bytesOf(prefix) {
      // No name in the benchmark has a character that a pattern knows.
      const names = (await ask('keys', `${prefix}*`)).split('\n').filter((name) => name !== '');
      const sizes = await Promise.all(
        names.map((name) => ask('memory', 'usage', name, 'samples', '0')),
      );
      return sizes.reduce((total, size) => total + Number(size), 0);
    },
    async close() {
      await redis?.[Symbol.asyncDispose]();
      redis = undefined;
    },
  };
}
