import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './launchBrowser.ts';
import { expectedStates, firstEventId, seatsOf } from './seatsOf.ts';
import { type Shop, startShop } from './startShop.ts';
import { visit } from './visitor.ts';

let browser: Browser;
let shop: Shop;

beforeAll(async () => {
  [browser, shop] = await Promise.all([launchBrowser(), startShop()]);
});

afterAll(async () => {
  await browser?.close();
  await shop?.[Symbol.asyncDispose]();
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'after the server ended by %s and came back, both pages agree with the database',
  async (signal) => {
    const { url } = shop;
    const eventId = shop.withDatabase(firstEventId);
    const ada = await visit(browser, { url, person: 'Ada', eventId });
    const guest = await visit(browser, { url, person: null, eventId });

    await shop.stop(signal);
    for (const { connection } of [ada, guest]) await connection.getByText(/Reconnecting/).waitFor();
    // Sold while nobody could hear of it: only a page that asks again can know.
    const sold = shop.withDatabase((database) => {
      const ticket = seatsOf(database, eventId).find(({ ownerId }) => ownerId === null);
      database
        .prepare("UPDATE tickets SET owner_id = 'ada' WHERE id = ?")
        .run(ticket?.ticketId ?? '');
      return ticket?.seat ?? '';
    });
    await shop.start();

    for (const { connection } of [ada, guest]) {
      await connection.getByText('Live', { exact: true }).waitFor();
    }
    await ada.page.locator(`[data-seat="${sold}"][data-state="mine"]`).waitFor();
    await guest.page.locator(`[data-seat="${sold}"][data-state="sold"]`).waitFor();
    const seats = shop.withDatabase((database) => seatsOf(database, eventId));
    expect(await ada.seatStates()).toEqual(expectedStates(seats, 'ada'));
    expect(await guest.seatStates()).toEqual(expectedStates(seats, null));
    await ada.close();
    await guest.close();
  },
);

test('a page that was opened before the restart still buys after it', async () => {
  const { url } = shop;
  const eventId = shop.withDatabase(firstEventId);
  const ben = await visit(browser, { url, person: 'Ben', eventId });
  await shop.stop();
  await shop.start();
  await ben.connection.getByText('Live', { exact: true }).waitFor();
  const seats = shop.withDatabase((database) => seatsOf(database, eventId));
  const seat = seats.findLast(({ ownerId }) => ownerId === null)?.seat ?? '';

  await ben.buy(seat);

  await ben.page.locator(`[data-seat="${seat}"][data-state="mine"]`).waitFor();
  await ben.close();
});
