import { randomUUID } from 'node:crypto';
import { signWebhook } from '@roomcast/realtime-broadcaster/webhooks';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './launchBrowser.ts';
import { seatsOf } from './seatsOf.ts';
import { type Shop, startShop } from './startShop.ts';
import { type Visitor, visit } from './visitor.ts';

const secret = 'whsec_ZnJvbnQtcm93LWJyb3dzZXItdGVzdHMtMDEyMzQ1Njc4OQ==';
const eventId = 'night-ferry';

let browser: Browser;
let shop: Shop;
let ada: Visitor;
let page: Page;

beforeAll(async () => {
  const env = { TICKETING_WEBHOOK_SECRET: secret };
  [browser, shop] = await Promise.all([launchBrowser(), startShop(env)]);
  ada = await visit(browser, { url: shop.url, person: 'Ada', eventId });
  ({ page } = ada);
});

afterAll(async () => {
  await browser?.close();
  await shop?.[Symbol.asyncDispose]();
});

/** What a provider does: the status and the outcome of one signed request. */
async function deliver(type: string, data: unknown, id: string = randomUUID()) {
  const body = JSON.stringify({ type, data });
  const response = await fetch(`${shop.url}/webhooks`, {
    method: 'POST',
    body,
    headers: signWebhook({ secret, id, body }),
  });
  const { outcome, code } = (await response.json()) as { outcome?: string; code?: string };
  return { status: response.status, said: outcome ?? code };
}

const broadcast = { status: 200, said: 'broadcast' };
const duplicate = { status: 200, said: 'duplicate' };

/** A delivery of the purchase of the last free seat by somebody. */
function purchase(owner: string) {
  const seats = shop.withDatabase((database) => seatsOf(database, eventId));
  const free = seats.findLast(({ ownerId }) => ownerId === null);
  const { seat = '', ticketId = '' } = free ?? {};
  return { eventId, ticketId, owner, price: 38, seat };
}

const feed = () => page.locator('.event-feed li');

test('the header shows the balance of the one who has just logged in', async () => {
  await page.getByTestId('balance').getByText('€500').waitFor();
  const edie = await visit(browser, { url: shop.url, person: 'Edie', eventId });
  await edie.page.getByTestId('balance').getByText('€24').waitFor();
  await edie.close();
});

test('a purchase: the seat is sold and the feed says who has it', async () => {
  const sale = purchase('farid');
  await ada.seat(sale.seat).and(page.locator('[data-state="free"]')).waitFor();
  expect(await deliver('ticket.purchased', sale)).toEqual(broadcast);
  await ada.seat(sale.seat).and(page.locator('[data-state="sold"]')).waitFor();
  await feed().first().getByText(`Farid Haddad bought ${sale.seat} for €38`).waitFor();
});

test('a transfer to the visitor: seat, feed and notification', async () => {
  const sale = purchase('greta');
  const { ticketId, seat } = sale;
  await deliver('ticket.purchased', sale);
  const gift = { eventId, ticketId, from: 'greta', to: 'ada', seat };
  expect(await deliver('ticket.transferred', gift)).toEqual(broadcast);
  await ada.seat(seat).and(page.locator('[data-state="mine"]')).waitFor();
  await feed().first().getByText(`Greta Olsen gave ${seat} to You`).waitFor();
  await page.locator('.toast').getByText('Greta Olsen gave you a ticket').waitFor();
});

test('an event update: the new time and place beside the former ones', async () => {
  const facts = page.locator('.hero-facts');
  const [day] = (await facts.locator('time').getAttribute('datetime'))?.split('T') ?? [];
  const announced = await facts.locator('time').textContent();
  const updates = { startsAt: `${day}T20:15:00.000Z`, venue: 'Sala Norte' };
  expect(await deliver('event.updated', { eventId, updates })).toEqual(broadcast);
  await facts.locator(`time[datetime="${updates.startsAt}"]`).waitFor();
  await facts.getByText('New time').waitFor();
  await facts.getByText('Sala Norte, Porto').waitFor();
  expect(await facts.locator('s').allTextContents()).toEqual([
    expect.stringContaining(announced ?? 'nothing'),
    expect.stringContaining('Harbour Hall, Hamburg'),
  ]);
});

test('a comment', async () => {
  const comment = { eventId, userId: 'kasia', message: 'Which tram goes there?' };
  expect(await deliver('message.created', comment)).toEqual(broadcast);
  await page.locator('.comments li').first().getByText('Which tram goes there?').waitFor();
});

test('a notification: a toast, the count of the bell, and the list behind it', async () => {
  const before = Number(await page.getByTestId('unread').textContent());
  const told = { userId: 'ada', title: 'Doors at seven', message: 'Come early.', type: 'info' };
  expect(await deliver('user.notification', told)).toEqual(broadcast);
  await page.locator('.toast').getByText('Doors at seven').waitFor();
  await page
    .getByTestId('unread')
    .getByText(`${before + 1}`, { exact: true })
    .waitFor();

  await page.getByRole('button', { name: /^Notifications/ }).click();
  const items = page.locator('.inbox li');
  await items.first().getByText('Come early.').waitFor();
  await page.getByTestId('unread').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.locator('.inbox').waitFor({ state: 'hidden' });
});

test('a balance: the header', async () => {
  const statement = { userId: 'ada', newBalance: 612.5, currency: 'EUR' };
  expect(await deliver('balance.updated', statement)).toEqual(broadcast);
  await page.getByTestId('balance').getByText('€612.50').waitFor();
});

test('a market price: the ticker, for a page that opens later too', async () => {
  const quote = { symbol: 'FERRY', price: 44.2, change: 2.4 };
  expect(await deliver('market.updated', quote)).toEqual(broadcast);
  await page.locator('[data-symbol="FERRY"][data-direction="up"]').getByText('44.20').waitFor();
  const guest = await visit(browser, { url: shop.url, person: null, eventId });
  await guest.page.locator('[data-symbol="FERRY"]').getByText('▲ 2.40').waitFor();
  await guest.page.getByText('Log in for live prices').waitFor();
  await guest.close();
});

test('an announcement: a banner that stays away once it is dismissed', async () => {
  const text = { title: 'Short pause', message: 'Back at nine.', severity: 'warning' };
  expect(await deliver('system.announcement', text)).toEqual(broadcast);
  const banner = page.locator('.announcement[data-severity="warning"]');
  await banner.getByText('Back at nine.').waitFor();
  await banner.getByRole('button', { name: 'Dismiss' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.reload();
  await ada.connection.getByText('Live', { exact: true }).waitFor();
  await page.locator('.comments li').first().waitFor();
  expect(await banner.count()).toBe(0);
});

test('a retry shows once', async () => {
  const id = randomUUID();
  const comment = { eventId, userId: 'hugo', message: 'Said once, sent three times.' };
  expect(await deliver('message.created', comment, id)).toEqual(broadcast);
  expect(await deliver('message.created', comment, id)).toEqual(duplicate);
  // The memory of the receiver ends with its process, that of the shop does not.
  await shop.stop();
  await shop.start();
  await ada.connection.getByText('Live', { exact: true }).waitFor();
  expect((await deliver('message.created', comment, id)).status).toBe(200);
  const last = { ...comment, message: 'Said after it.' };
  await deliver('message.created', last);
  await page.locator('.comments').getByText('Said after it.').waitFor();
  const texts = await page.locator('.comment-text').allTextContents();
  expect(texts.filter((text) => text === comment.message)).toHaveLength(1);
});

test('a purchase of a seat that the visitor has bought meanwhile is a conflict', async () => {
  const sale = purchase('imani');
  await ada.buy(sale.seat);
  await ada.seat(sale.seat).and(page.locator('[data-state="mine"]')).waitFor();
  expect(await deliver('ticket.purchased', sale)).toEqual({ status: 409, said: 'CONFLICT' });
  expect(await ada.seat(sale.seat).getAttribute('data-state')).toBe('mine');
});
