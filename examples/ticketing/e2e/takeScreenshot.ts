// Writes the picture of the README: `pnpm --filter @roomcast/example-ticketing screenshot`.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './launchBrowser.ts';
import { firstEventId, seatsOf } from './seatsOf.ts';
import { startShop } from './startShop.ts';
import { visit } from './visitor.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'docs', 'images');

// A minute of the recorded day, in a few seconds.
await using shop = await startShop({ REPLAY: 'on', REPLAY_SPEED: '12' });
await using browser = await launchBrowser();
const eventId = shop.withDatabase(firstEventId);
const ada = await visit(browser, { url: shop.url, person: 'Ada', eventId });
const ben = await visit(browser, { url: shop.url, person: 'Ben', eventId });
await ada.page.locator('.announcement').waitFor();
await ada.page.getByTestId('unread').waitFor();
const free = shop
  .withDatabase((database) => seatsOf(database, eventId))
  .filter(({ ownerId }) => ownerId === null);
for (const [index, visitor] of [ada, ben].entries()) {
  const seat = free.at(-1 - index)?.seat ?? '';
  await visitor.buy(seat);
  await ada.page.locator(`[data-seat="${seat}"]:not([data-state="free"])`).waitFor();
}
// The hall in the middle, below the header.
await ada.page.evaluate(() => {
  document.querySelector('.event-columns')?.scrollIntoView();
  window.scrollBy(0, -88);
});
await mkdir(folder, { recursive: true });
await ada.page.screenshot({ path: join(folder, 'ticketing.png') });
