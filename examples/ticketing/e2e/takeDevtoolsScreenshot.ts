// Writes the picture of the devtools: `pnpm --filter @roomcast/example-ticketing screenshot:devtools`.
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
const { page, buy } = await visit(browser, { url: shop.url, person: 'Ada', eventId });
await page.getByRole('button', { name: /devtools/ }).click();
const seat = shop
  .withDatabase((database) => seatsOf(database, eventId))
  .findLast(({ ownerId }) => ownerId === null)?.seat;
await buy(seat ?? '');
await page.locator(`[data-seat="${seat}"][data-state="mine"]`).waitFor();
const sale = page.locator('button.event-row', { hasText: 'ticket-purchased' }).first();
await sale
  .getByText(/fetched in/)
  .first()
  .waitFor();
await sale.click();
await page.setViewportSize({ width: 1280, height: 1000 });
// The seats above the panel.
await page.evaluate(
  "window.scrollBy(0, document.getElementById('seats-heading').getBoundingClientRect().top - 96)",
);
await page.mouse.move(640, 20);
await mkdir(folder, { recursive: true });
await page.screenshot({ path: join(folder, 'devtools.png') });
