import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './freePorts.ts';

/** A Redis of a test's own, on loopback, in a folder of its own. It ends with the process at the latest. */
export interface RunningRedis extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Ends it at once, without a word to anybody. */
  kill(): Promise<void>;
  /** Starts it again, on the port and with what its folder holds. */
  start(): Promise<void>;
  /** Halts it, with its connections open, until `resume`. */
  pause(): void;
  resume(): void;
  /** Resolves once the process that runs now is gone, by whomever. */
  whenGone(): Promise<void>;
}

export interface RedisOptions {
  /** Whether each write is on disk before it is answered; otherwise nothing ever is. @default false */
  readonly keepsData?: boolean;
  /**
   * Whether it has a process group of its own: then Ctrl+C in the terminal does not reach it, and
   * whoever started it ends it in its own time. @default false
   */
  readonly detached?: boolean;
  /** Further arguments, which come last. @default none */
  readonly args?: readonly string[];
}

/**
 * Starts the `redis-server` of the machine on a free port, for a test.
 *
 * @throws an error that says what to install where there is no `redis-server`
 *
 * @example
 * await using redis = await startRedis();
 * await using broker = createRedisBroker({ url: redis.url });
 */
export async function startRedis({
  keepsData = false,
  detached = false,
  args: more = [],
}: RedisOptions = {}): Promise<RunningRedis> {
  const [port = 0] = await freePorts(1);
  const folder = await mkdtemp(join(tmpdir(), 'roomcast-redis-'));
  const persistence = keepsData ? ['--appendonly', 'yes', '--appendfsync', 'always'] : [];
  const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const all = [...args, ...persistence, ...more];
  let redis = await spawnRedis(all, detached).catch(async (error) => {
    await rm(folder, { recursive: true });
    throw error;
  });

  async function whenGone(): Promise<void> {
    if (redis.exitCode === null && redis.signalCode === null) await once(redis, 'exit');
  }

  async function kill(): Promise<void> {
    const gone = whenGone();
    redis.kill('SIGKILL');
    await gone;
  }

  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    kill,
    async start() {
      await kill();
      redis = await spawnRedis(all, detached);
    },
    pause: () => void redis.kill('SIGSTOP'),
    resume: () => void redis.kill('SIGCONT'),
    whenGone,
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

async function spawnRedis(args: readonly string[], detached: boolean): Promise<ChildProcess> {
  const redis = spawn('redis-server', args, { detached, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = () => void redis.kill('SIGKILL');
  process.once('exit', end);
  redis.once('exit', () => process.off('exit', end));
  const failed = new Promise<never>((_, reject) => {
    redis.once('error', (cause) =>
      reject(new Error('No `redis-server`. Install the package `redis-server`.', { cause })),
    );
    redis.once('exit', (code) => reject(new Error(`Redis ended with ${code}.`)));
  });
  const ready = new Promise<void>((resolve) => {
    let log = '';
    redis.stdout.setEncoding('utf8').on('data', (text) => {
      log += text;
      if (log.includes('Ready to accept connections')) resolve();
    });
  });
  await Promise.race([ready, failed]);
  failed.catch(() => {});
  return redis;
}
