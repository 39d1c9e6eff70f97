import { expect, test } from 'vitest';
import { setUpHall } from './setUpHall.ts';
import { visit } from './visitor.ts';

const here = 'night-ferry';
const other = 'keepers-map';

/** Longer than a room is kept, and who is present in it, that nobody uses any more. */
const timeout = 5_000;

const stage = setUpHall();

test('20 quick changes between two events end in one room, and nothing of the other is seen', async () => {
  const guest = await visit(stage.browser, { url: stage.hall.url, person: null, eventId: here });
  const { page } = guest;
  const title = await page.locator('h1').textContent();
  const crowds = [here, other].map((eventId) => stage.hall.crowd(eventId));
  const free = await Promise.all(
    [here, other].map(async (eventId) => {
      const states = await stage.hall.seatStates(eventId, null);
      return Object.keys(states).filter((seat) => states[seat] === 'free');
    }),
  );

  for (let change = 1; change <= 20; change += 1) {
    const eventId = change % 2 === 1 ? other : here;
    await page.evaluate((path) => history.pushState(null, '', path), `/events/${eventId}`);
    // Both go on selling while one looks from one to the other.
    for (const [index, crowd] of crowds.entries()) {
      const seat = change % 4 === 0 ? free[index]?.shift() : undefined;
      if (seat) await crowd.buy(seat);
    }
    await page.waitForTimeout(change * 3);
  }

  await expect.poll(() => stage.hall.rooms(), { timeout }).toEqual([`event-${here}`]);
  expect(await page.locator('h1').textContent()).toBe(title);
  await expect.poll(() => guest.seatStates()).toEqual(await stage.hall.seatStates(here, null));
  const shown = () => page.locator('.event-columns').textContent();
  const before = await shown();
  await crowds[1]?.say('Said in the other hall.');
  await crowds[1]?.buy(free[1]?.shift() ?? '');
  await crowds[0]?.say('Said in this hall.');
  await page.locator('.comments').getByText('Said in this hall.').waitFor();
  expect(await shown()).not.toContain('Said in the other hall.');
  expect(await guest.seatStates()).toEqual(await stage.hall.seatStates(here, null));
  expect(before).not.toContain('Said in this hall.');
  await guest.close();
});
