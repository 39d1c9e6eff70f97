import type { Browser, Locator, Page } from 'playwright-core';

/** One person in a browser of their own, looking at one event. */
export interface Visitor {
  readonly page: Page;
  readonly connection: Locator;
  seat(name: string): Locator;
  /** The states of all seats, by name, as they are on the screen. */
  seatStates(): Promise<Record<string, string>>;
  buy(seat: string): Promise<void>;
  close(): Promise<void>;
}

/** Logs in as a person, opens an event and waits until the page is live. */
export async function visit(
  browser: Browser,
  { url, person, eventId }: { url: string; person: string | null; eventId: string },
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${url}/login`);
  await page.getByRole('button', { name: person ?? /guest/ }).click();
  await page.waitForURL((current) => !current.pathname.startsWith('/login'));
  await page.goto(`${url}/events/${eventId}`);
  const connection = page.getByTestId('connection');
  await connection.getByText('Live', { exact: true }).waitFor();
  await page.locator('[data-seat]').first().waitFor();

  const seat = (name: string) => page.locator(`[data-seat="${name}"]`);
  return {
    page,
    connection,
    seat,
    seatStates: () =>
      page
        .locator('[data-seat]')
        .evaluateAll((seats) =>
          Object.fromEntries(
            seats.map((element) => [
              element.getAttribute('data-seat') ?? '',
              element.getAttribute('data-state') ?? '',
            ]),
          ),
        ),
    async buy(name) {
      await seat(name).click();
      await page.getByRole('button', { name: /^Buy for/ }).click();
    },
    close: () => context.close(),
  };
}
