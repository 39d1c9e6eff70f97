import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of a test's own, on loopback, that keeps nothing. */
export interface RunningRedis extends AsyncDisposable {
  readonly port: number;
}

/** @throws an error that says what to install where there is no `redis-server` */
export async function startRedis(): Promise<RunningRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'roomcast-redis-'));
  const redis = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const failed = new Promise<never>((_, reject) => {
    redis.once('error', (cause) =>
      reject(new Error('No `redis-server`. Install the package `redis-server`.', { cause })),
    );
    redis.once('exit', (code) => reject(new Error(`Redis ended with ${code}.`)));
  });
  const ready = (async () => {
    let log = '';
    for await (const text of redis.stdout.setEncoding('utf8')) {
      log += text;
      if (log.includes('Ready to accept connections')) return;
    }
  })();
  await Promise.race([ready, failed]);
  failed.catch(() => {});
  return {
    port,
    async [Symbol.asyncDispose]() {
      const gone = once(redis, 'exit');
      redis.kill();
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
