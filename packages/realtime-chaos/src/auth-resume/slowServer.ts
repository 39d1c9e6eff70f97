import { setTimeout } from 'node:timers/promises';
import type { Broker } from '@roomcast/realtime-broker';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import type { SeededRandom } from '../random/seededRandom.ts';
import { authResumeContract } from './authResumeContract.ts';

const maxDelayMs = 500;

/** What is being asked about a user, and how long the answer will take. */
type OnAsked = (stage: 'authenticating' | 'authorising', delayMs: number) => void;

/** A server whose `authenticate` and `authorise` take their time. */
export interface SlowServer extends AsyncDisposable {
  readonly server: TestServer<typeof authResumeContract>;
  /** A token made now. */
  tokenFor(userId: string): string;
  /** From now on the user may not see any room. */
  forbid(userId: string): void;
  /** Hears of every question about a user, from now on. */
  watch(userId: string, onAsked: OnAsked): void;
}

/** @param broker - the log, for a test of what the scenario finds */
export async function startSlowServer(random: SeededRandom, broker?: Broker): Promise<SlowServer> {
  const forbidden = new Set<string>();
  const watchers = new Map<string, OnAsked>();

  async function takeTime(userId: string, stage: Parameters<OnAsked>[0]): Promise<void> {
    const delayMs = random.integer(0, maxDelayMs);
    watchers.get(userId)?.(stage, delayMs);
    await setTimeout(delayMs);
  }

  const server = await startTestServer(authResumeContract, {
    transports: ['websocket'],
    ...(broker && { broker }),
    async authenticate(token) {
      const [id = '', issuedAtMs] = token.split(' ');
      await takeTime(id, 'authenticating');
      return { id, issuedAtMs: Number(issuedAtMs) };
    },
    async authorise({ user }, rooms) {
      const userId = user?.id ?? '';
      await takeTime(userId, 'authorising');
      return rooms.map(() => !forbidden.has(userId));
    },
  });
  return {
    server,
    tokenFor: (userId) => `${userId} ${Date.now()}`,
    forbid: (userId) => void forbidden.add(userId),
    watch: (userId, onAsked) => void watchers.set(userId, onAsked),
    [Symbol.asyncDispose]: () => server.close(),
  };
}
