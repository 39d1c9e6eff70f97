import { expect, test } from 'vitest';
import { startProxy } from '../server/proxy/startProxy.ts';
import { readSettings } from '../server/settings.ts';
import { startCluster } from '../server/startCluster.ts';

const settings = readSettings({
  ...{ PORT: '0', CONTROL_PORT: '0', TRADES_PER_SECOND: '40' },
  // The log keeps nothing, so that nobody can be caught up.
  HISTORY: '0',
});

test('what is published while no node is there is counted as lost where the log keeps nothing', async () => {
  await using cluster = await startCluster({ ...settings, startProxy, restartAfterMs: 100 });
  await expect.poll(async () => (await cluster.counters()).published).toBeGreaterThan(10);
  expect(await cluster.counters()).toMatchObject({ lost: 0, twice: 0 });

  await Promise.all(['node-1', 'node-2', 'node-3'].map((name) => cluster.kill(name)));

  await expect.poll(async () => (await cluster.counters()).lost).toBeGreaterThan(0);
  await cluster.pauseTrading();
  await expect.poll(async () => (await cluster.counters()).onTheWay).toBe(0);
  const { published, watchers, delivered, lost, twice } = await cluster.counters();
  const eventsWatched = 6;
  expect({ all: delivered + lost, twice }).toEqual({
    ...{ all: (published * watchers) / eventsWatched, twice: 0 },
  });
});
