import { setTimeout } from 'node:timers/promises';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { startFaultProxy } from '@roomcast/realtime-testing';
import type { SeededRandom } from '../random/seededRandom.ts';
import { Changes } from '../waiting/changes.ts';
import { authResumeContract } from './authResumeContract.ts';
import type { SlowServer } from './slowServer.ts';

export interface ResumingClientOptions {
  readonly slow: SlowServer;
  readonly userId: string;
  readonly eventId: string;
  readonly random: SeededRandom;
}

/** A client whose connection is cut and comes back, amid what is published to its room. */
export interface ResumingClient extends AsyncDisposable {
  /** Joins the room. */
  start(): Promise<void>;
  /** Is cut and comes back. @throws where anything was lost, doubled, or told to be */
  resume(): Promise<void>;
  /** Waits until it has heard the last of this many publications. */
  hears(count: number): Promise<void>;
}

export async function createResumingClient(
  options: ResumingClientOptions,
): Promise<ResumingClient> {
  const { slow, userId, eventId, random } = options;
  const proxy = await startFaultProxy(slow.server.port);
  const changes = new Changes();
  const problems: string[] = [];
  let last: number | null = null;
  let recoveries = 0;
  const client = createRealtimeClient({
    ...{ contract: authResumeContract, url: `http://127.0.0.1:${proxy.port}`, env: {} },
    ...{ transports: ['websocket'], backoff: { minDelayMs: 1, maxDelayMs: 5 } },
    getToken: () => slow.tokenFor(userId),
    onError: (error, source) => problems.push(`${source}: ${error}`),
  });
  const room = client.subscribe('event', { eventId });
  room.onPublication(({ counter }) => {
    if (last !== null && counter !== last + 1) problems.push(`heard ${counter} after ${last}`);
    last = counter;
    changes.tell();
  });
  room.onRecovery((recovery) => {
    const expected = recoveries === 0 ? 'fresh' : 'resumed';
    if (recovery.status !== expected) problems.push(`told ${JSON.stringify(recovery)}`);
    recoveries += 1;
    last ??= room.position?.offset ?? null;
    changes.tell();
  });
  client.watchState(changes.tell);

  const describe = () =>
    `${userId} in ${JSON.stringify([client.state, room.state, room.position])}`;
  const until = async (holds: () => boolean) => {
    await changes.until(holds, describe, 20_000);
    if (problems.length > 0) throw new Error(`${userId}: ${problems.splice(0).join('; ')}`);
  };
  return {
    start: () => until(() => recoveries === 1),
    async resume() {
      const before = recoveries;
      proxy.cut();
      await until(() => client.state.status !== 'connected');
      // Now and then the network breaks once more while the server still thinks about it.
      if (random.chance(0.2)) {
        await setTimeout(random.integer(0, 300));
        proxy.cut();
      }
      await until(() => recoveries > before && room.state.status === 'joined');
      await setTimeout(random.integer(0, 20));
    },
    hears: (count) => until(() => last === count),
    async [Symbol.asyncDispose]() {
      await client.close();
      await proxy.close();
    },
  };
}
