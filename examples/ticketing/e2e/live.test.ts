import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './launchBrowser.ts';
import { firstEventId, seatsOf } from './seatsOf.ts';
import { type Shop, startShop } from './startShop.ts';
import { visit } from './visitor.ts';

const quietMs = 30_000;

let browser: Browser;
let shop: Shop;
let eventId: string;

beforeAll(async () => {
  [browser, shop] = await Promise.all([launchBrowser(), startShop()]);
  eventId = shop.withDatabase(firstEventId);
});

afterAll(async () => {
  await browser?.close();
  await shop?.[Symbol.asyncDispose]();
});

test('a purchase in one browser is on the screen of the other within a second', async () => {
  const { url } = shop;
  const seats = shop.withDatabase((database) => seatsOf(database, eventId));
  const seat = seats.findLast(({ ownerId }) => ownerId === null)?.seat ?? '';
  const buyer = await visit(browser, { url, person: 'Ada', eventId });
  const watcher = await visit(browser, { url, person: 'Ben', eventId });
  await watcher.page.locator(`[data-seat="${seat}"][data-state="free"]`).waitFor();

  await buyer.seat(seat).click();
  const bought = buyer.page.getByRole('button', { name: /^Buy for/ });
  await bought.waitFor();
  const startedAtMs = performance.now();
  await bought.click();
  await watcher.page.locator(`[data-seat="${seat}"][data-state="sold"]`).waitFor();
  const tookMs = performance.now() - startedAtMs;

  expect(tookMs).toBeLessThan(1_000);
  await buyer.page.locator(`[data-seat="${seat}"][data-state="mine"]`).waitFor();
  await buyer.close();
  await watcher.close();
});

test('a page that idles for 30 seconds sends no HTTP request and stays live', async () => {
  const { url } = shop;
  const visitor = await visit(browser, { url, person: 'Ada', eventId });
  await visitor.page.waitForLoadState('networkidle');
  const requests: string[] = [];
  visitor.page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`));

  await visitor.page.waitForTimeout(quietMs);

  expect(requests).toEqual([]);
  expect(await visitor.connection.textContent()).toContain('Live');
  await visitor.close();
});
