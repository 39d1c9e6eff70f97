import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Fetches } from './fetches.ts';
import { freezePages } from './freezePages.ts';
import { setUpHall } from './setUpHall.ts';
import { visit } from './visitor.ts';

const eventId = 'night-ferry';
const hiddenMs = 3_000;

const stage = setUpHall();

test.each([
  ['kept its connection', () => {}],
  ['lost its connection', () => stage.hall.proxy.cut()],
])('a page that was in the background and %s is true again, without a reload', async (_, lose) => {
  const guest = await visit(stage.browser, { url: stage.hall.url, person: null, eventId });
  const { page } = guest;
  await page.evaluate(() => {
    document.title = 'The same page';
    let ticks = 0;
    setInterval(() => {
      ticks += 1;
      document.body.dataset.ticks = String(ticks);
    }, 50);
  });
  const ticks = () => page.evaluate(() => Number(document.body.dataset.ticks ?? 0));
  const crowd = stage.hall.crowd(eventId);
  const { tickets } = await stage.hall.seats(eventId);
  const free = tickets.filter(({ owner }) => owner === null).map(({ seat }) => seat);
  const fetches = new Fetches(page);

  const before = await ticks();
  const goOn = await freezePages(stage.browser);
  try {
    for (const seat of free.slice(0, 5)) await crowd.buy(seat);
    await setTimeout(hiddenMs / 2);
    lose();
    for (const seat of free.slice(5, 9)) await crowd.buy(seat);
    for (let count = 0; count < 20; count += 1) await crowd.give();
    await setTimeout(hiddenMs / 2);
  } finally {
    goOn();
  }

  // Nothing has run meanwhile.
  expect((await ticks()) - before).toBeLessThan(hiddenMs / 50 / 4);
  await expect.poll(() => guest.seatStates()).toEqual(await stage.hall.seatStates(eventId, null));
  const { activity } = await stage.hall.seats(eventId);
  const newest = activity.slice(0, 8).map(({ seat }) => seat);
  await expect.poll(() => page.locator('.event-feed li strong').allTextContents()).toEqual(newest);
  await guest.connection.getByText('Live', { exact: true }).waitFor();
  expect(fetches.counts).not.toHaveProperty(`/api/events/${eventId}/tickets`);
  expect(await page.title()).toBe('The same page');
  await guest.close();
});
