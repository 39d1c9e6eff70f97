import { expect, test } from 'vitest';
import { setUpHall } from './setUpHall.ts';
import { visit } from './visitor.ts';
import { watchTexts } from './watchTexts.ts';

const eventId = 'night-ferry';

/** The line that says who else is looking, without what is read out of it. */
const line = '.onlookers > p:not([role]), .onlookers li';
const nobody = 'Nobody else is looking';
const withGuest = 'Also looking|1 guest';

/** Longer than a room is kept that nobody uses, in case somebody does again. */
const timeout = 5_000;

const stage = setUpHall();

test('two who look at an event see each other, one who is cut off for a moment does not flap, and one who leaves is gone', async () => {
  const { browser, hall } = stage;
  await using door = await hall.openDoor();
  const ada = await visit(browser, { url: hall.url, person: 'Ada', eventId });
  await ada.page.getByText(nobody).waitFor();
  const seenByAda = await watchTexts(ada.page, line);

  const guest = await visit(browser, { url: door.url, person: null, eventId });
  await guest.page.locator('.onlookers li', { hasText: 'Ada Okafor' }).waitFor();
  await expect.poll(seenByAda, { timeout }).toEqual([nobody, withGuest]);
  const seenByGuest = await watchTexts(guest.page, line);
  const connection = await watchTexts(guest.page, '[data-testid="connection"] [role="status"]');

  door.proxy.cut();
  // Something else was shown, and it is live again.
  const afterwards = async () => (await connection()).slice(1).at(-1);
  await expect.poll(afterwards, { timeout }).toBe('Live');
  // The programme is in the room of every event: a member is who looks at one, and not who is there.
  await guest.page.getByRole('link', { name: 'Events', exact: true }).click();
  await expect.poll(seenByAda, { timeout }).toEqual([nobody, withGuest, nobody]);
  expect(await seenByGuest()).toEqual(['Also looking|AOAda Okafor', '']);
  await guest.close();
  await ada.close();
});
