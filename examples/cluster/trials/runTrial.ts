import { setTimeout } from 'node:timers/promises';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { StartProxy } from '../server/proxy/startProxy.ts';
import { readSettings } from '../server/settings.ts';
import { type Cluster, startCluster } from '../server/startCluster.ts';
import type { ClusterCounters } from '../shared/controlContract.ts';

const timeoutMs = 30_000;
const pollEveryMs = 100;

/**
 * The cluster behind a proxy: watchers connect through it, seats are sold, a node is killed and comes
 * back. Where it polls, one more client does so.
 *
 * @throws an error that says what did not hold
 */
export async function runTrial(startProxy: StartProxy, polls: boolean): Promise<ClusterCounters> {
  const settings = readSettings({
    ...{ PORT: '0', CONTROL_PORT: '0', TRADES_PER_SECOND: '40' },
    TRANSPORTS: polls ? 'websocket,polling' : 'websocket',
  });
  await using cluster = await startCluster({ ...settings, startProxy, restartAfterMs: 1_000 });
  const { shopUrl } = cluster;
  const page = await fetch(`${shopUrl}/api/events`);
  if (!page.ok) throw new Error(`The API answered ${page.status} through the proxy.`);
  await until('the first publications', async () => (await cluster.counters()).published > 40);
  if (polls) await hearByPolling(shopUrl);
  await cluster.kill('node-1');
  const { published } = await cluster.counters();
  await until('node-1 again', async () => cluster.status('node-1') === 'up');
  await until('more to be published', async () => (await cluster.counters()).published > published);
  await cluster.pauseTrading();
  return settle(cluster);
}

/** Joins by polling alone, and waits for one publication. */
async function hearByPolling(url: string): Promise<void> {
  const client = createRealtimeClient({
    ...{ contract: eventContract, url, env: {}, transports: ['polling'] },
  });
  let heard = 0;
  const room = client.subscribe('event', { eventId: 'night-ferry' });
  room.onPublication(() => {
    heard += 1;
  });
  await until('what is heard by polling', async () => heard > 0);
  await client.close();
}

async function settle(cluster: Pick<Cluster, 'counters'>): Promise<ClusterCounters> {
  await until('everything to arrive', async () => (await cluster.counters()).onTheWay === 0);
  const counters = await cluster.counters();
  if (counters.lost === 0 && counters.twice === 0) return counters;
  throw new Error(`${counters.lost} were lost, and ${counters.twice} were heard twice.`);
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain for ${what}.`);
    await setTimeout(pollEveryMs);
  }
}
