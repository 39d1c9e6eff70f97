import { DatabaseSync } from 'node:sqlite';
import { launchBrowser } from '@roomcast/example-ticketing/e2e/launchBrowser';
import { expectedStates, firstEventId, seatsOf } from '@roomcast/example-ticketing/e2e/seatsOf';
import { visit } from '@roomcast/example-ticketing/e2e/visitor';
import { watchTexts } from '@roomcast/example-ticketing/e2e/watchTexts';
import { listEventActivity } from '@roomcast/example-ticketing/server/marketplace/activity';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProxy } from '../server/proxy/startProxy.ts';
import { readSettings } from '../server/settings.ts';
import { type Cluster, startCluster } from '../server/startCluster.ts';
import { openControlPage } from './controlPage.ts';
import { nodeOfNewcomer } from './nodeOfNewcomer.ts';

const settings = readSettings({ PORT: '0', CONTROL_PORT: '0', TRADES_PER_SECOND: '40' });
/** How many newest sales and gifts a page shows. */
const shown = 8;

let browser: Browser;
let cluster: Cluster;

beforeAll(async () => {
  [browser, cluster] = await Promise.all([
    launchBrowser(),
    startCluster({ ...settings, startProxy }),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await cluster?.[Symbol.asyncDispose]();
});

test('a node and Redis are killed under traffic: nothing is lost, and the page equals the database', async () => {
  using database = new DatabaseSync(cluster.database);
  const eventId = firstEventId(database);
  const control = await openControlPage(browser, cluster.controlUrl);
  const before = await cluster.connections();
  const ada = await visit(browser, { url: cluster.shopUrl, person: 'Ada', eventId });
  const herNode = await nodeOfNewcomer(cluster, before);
  const guest = await visit(browser, { url: cluster.shopUrl, person: null, eventId });
  const onlookers = '.onlookers li';
  await guest.page.locator(onlookers, { hasText: 'Ada Okafor' }).waitFor();
  const seenByGuest = await watchTexts(guest.page, onlookers);

  const publishedBefore = await control.counter('published');
  await control.kill(herNode);
  await expect.poll(() => control.counter('published')).toBeGreaterThan(publishedBefore);
  await control.untilUp(herNode);
  await ada.connection.getByText('Live', { exact: true }).waitFor();
  // She was with another node before anybody took her for gone.
  expect(await seenByGuest()).toEqual(['AOAda Okafor']);

  await control.kill('Redis');
  const publishedAtKill = await control.counter('published');
  await control.untilUp('Redis');
  await expect.poll(() => control.counter('published')).toBeGreaterThan(publishedAtKill + 20);

  const seat = seatsOf(database, eventId).find(({ ownerId }) => ownerId === null)?.seat ?? '';
  await ada.buy(seat);
  await ada.page.locator(`[data-seat="${seat}"][data-state="mine"]`).waitFor();
  await cluster.pauseTrading();
  await expect.poll(async () => (await cluster.counters()).onTheWay).toBe(0);
  const { published, delivered, lost, twice, watchers } = await cluster.counters();
  const eventsWatched = 6;
  expect({ delivered, lost, twice }).toEqual({
    ...{ delivered: (published * watchers) / eventsWatched, lost: 0, twice: 0 },
  });
  await expect.poll(() => control.counter('delivered')).toBe(delivered);
  expect(await control.counter('lost')).toBe(0);
  const states = expectedStates(seatsOf(database, eventId), 'ada');
  await expect.poll(() => ada.seatStates()).toEqual(states);
  const newest = listEventActivity(database, eventId).map((activity) => activity.seat);
  await expect
    .poll(() => ada.page.locator('.event-feed li strong').allTextContents())
    .toEqual(newest.slice(0, shown));
  await expect.poll(async () => (await seenByGuest()).at(-1)).toBe('AOAda Okafor');
});
