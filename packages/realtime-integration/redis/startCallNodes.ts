import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createRedisCallLedger, type RedisCallLedgerOptions } from '@roomcast/realtime-redis';
import {
  startTestCluster,
  type TestCluster,
  type TestServerOptions,
} from '@roomcast/realtime-testing';
import { connectFramed } from '../protocol/framedConnection.ts';
import { type ClubContract, clubContract } from '../server/clubContract.ts';

export type Say = NonNullable<NonNullable<TestServerOptions<ClubContract>['actions']>['say']>;
export type CallNodes = TestCluster<ClubContract, 2>;

const leaseMs = 800;

/** Two nodes with a ledger in Redis each, on which every token is the id of its user. */
export function startCallNodes(
  options: (node: number) => RedisCallLedgerOptions,
  say: Say,
  rest: Partial<TestServerOptions<ClubContract>> = {},
): Promise<CallNodes> {
  return startTestCluster(clubContract, {
    nodes: 2,
    ...rest,
    actions: { say },
    authenticate: async (token) => ({ id: token }),
    callLedger: (node) =>
      createRedisCallLedger({
        ...{ leaseMs, backoff: { minDelayMs: 5, maxDelayMs: 50 } },
        ...options(node),
      }),
  });
}

/** Calls `say` with a key, by hand, and ends the connection. */
export async function say(url: string, idempotencyKey: string, text = 'hello'): Promise<unknown> {
  using alice = await connectFramed(url, { token: 'alice' });
  return await alice.ask('say', { text }, { idempotencyKey });
}

const program = fileURLToPath(new URL('callNodeProgram.ts', import.meta.url));

/** A node of a process of its own, whose action never ends. */
export interface CallNodeProcess extends AsyncDisposable {
  readonly url: string;
  /** Resolves with what the program says next. */
  says(): Promise<string>;
  kill(): Promise<void>;
}

export async function startCallNodeProcess(redisUrl: string): Promise<CallNodeProcess> {
  const args = ['--conditions=@roomcast/source', program, redisUrl, `${leaseMs}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const says = async (): Promise<string> => (await lines.next()).value ?? 'nothing any more';
  const kill = () => killProcess(child);
  return { url: await says(), says, kill, [Symbol.asyncDispose]: kill };
}

async function killProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
