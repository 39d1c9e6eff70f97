import { expect, test } from 'vitest';
import { Fetches } from './fetches.ts';
import { setUpHall } from './setUpHall.ts';
import { visit } from './visitor.ts';

const eventId = 'night-ferry';

const stage = setUpHall();

/** What the feed says of the seats, newest first, once for each line. */
const feedSeats = '.event-feed li strong';

test('a page that is offline says so, and has exactly what it missed when it is back', async () => {
  const guest = await visit(stage.browser, { url: stage.hall.url, person: null, eventId });
  const { page, connection } = guest;
  await page.waitForLoadState('networkidle');
  const crowd = stage.hall.crowd(eventId);
  const free = Object.entries(await guest.seatStates()).flatMap(([seat, state]) =>
    state === 'free' ? [seat] : [],
  );
  const missed = free.slice(0, 6);
  const feedBefore = await page.locator(feedSeats).allTextContents();
  const fetches = new Fetches(page);

  // In this Chromium the switch ends open WebSockets too.
  await page.context().setOffline(true);
  await connection.getByText(/Reconnecting/).waitFor();
  await page.getByText('The connection is lost.').waitFor();
  for (const seat of missed) await crowd.buy(seat);
  expect(stage.hall.rooms()).toEqual([]);
  expect(await page.locator(feedSeats).allTextContents()).toEqual(feedBefore);

  await page.context().setOffline(false);
  await connection.getByText('Live', { exact: true }).waitFor();
  await page.getByText('The connection is lost.').waitFor({ state: 'detached' });
  await expect.poll(() => guest.seatStates()).toEqual(await stage.hall.seatStates(eventId, null));
  const feedAfter = [...missed.toReversed(), ...feedBefore].slice(0, 8);
  await expect.poll(() => page.locator(feedSeats).allTextContents()).toEqual(feedAfter);
  // The seats were changed by what the stream brought, and nothing was asked for that no sale changes.
  expect(Object.keys(fetches.counts)).toEqual([`/api/events/${eventId}`]);
  await guest.close();
});

test('a page whose connection broke while nothing happened asks for nothing', async () => {
  const ada = await visit(stage.browser, { url: stage.hall.url, person: 'Ada', eventId });
  const { page, connection } = ada;
  await page.waitForLoadState('networkidle');
  const fetches = new Fetches(page);

  stage.hall.proxy.block();
  await connection.getByText(/Reconnecting/).waitFor();
  stage.hall.proxy.restore();
  await connection.getByText('Live', { exact: true }).waitFor();
  // What the next event brings comes behind whatever the return has asked for.
  await stage.hall.crowd(eventId).say('Is everybody back?');
  await page.locator('.comments').getByText('Is everybody back?').waitFor();

  expect(fetches.counts).toEqual({ [`/api/events/${eventId}/messages`]: 1 });
  await ada.close();
});
