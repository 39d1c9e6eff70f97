import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The shop in a process of its own, with a database of its own. */
export interface Shop extends AsyncDisposable {
  readonly url: string;
  /** Its database, which other processes may use as well. */
  readonly file: string;
  /** Ends the process as `signal` does and waits until it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts a new process on the same port and database. */
  start(): Promise<void>;
  /** Reads or writes the shop's database, past the shop. */
  withDatabase<Result>(use: (database: DatabaseSync) => Result): Result;
}

const main = join(import.meta.dirname, '..', 'server', 'main.ts');

/** @param env - replaces what the tests set: by themselves they play no recorded day */
export async function startShop(env: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'ticketing-'));
  const { TICKETING_DB: file = join(folder, 'shop.sqlite') } = env;
  let running = await spawnShop({ ...env, PORT: '0', TICKETING_DB: file });
  const { url } = running;

  async function stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { child } = running;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const isGone = once(child, 'exit');
    child.kill(signal);
    await isGone;
  }

  return {
    url,
    file,
    stop,
    async start() {
      const { port } = new URL(url);
      running = await spawnShop({ ...env, PORT: port, TICKETING_DB: file });
    },
    withDatabase(use) {
      const database = new DatabaseSync(file);
      try {
        return use(database);
      } finally {
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function spawnShop(
  env: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--conditions=@roomcast/source', main],
    {
      env: { ...process.env, REPLAY: 'off', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    const url = /http:\/\/\S+/.exec(chunk)?.[0];
    if (url) return { child, url: url.replace(/\/$/, '') };
  }
  throw new Error('The shop ended before it was open.');
}
