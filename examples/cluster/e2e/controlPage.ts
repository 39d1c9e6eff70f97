import type { Browser } from 'playwright-core';

/** The control page, as somebody uses it who breaks things. */
export interface ControlPage {
  counter(name: 'delivered' | 'lost' | 'on-the-way' | 'published' | 'twice'): Promise<number>;
  /** Clicks, and waits until the page says that the process is down. */
  kill(name: string): Promise<void>;
  untilUp(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openControlPage(browser: Browser, url: string): Promise<ControlPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const status = (name: string, is: 'up' | 'down') =>
    page.getByTestId(name).locator(`[data-status="${is}"]`).waitFor();
  return {
    counter: async (name) => Number(await page.getByTestId(name).textContent()),
    async kill(name) {
      await page.getByRole('button', { name: `Kill ${name}` }).click();
      await status(name, 'down');
    },
    untilUp: (name) => status(name, 'up'),
    close: () => context.close(),
  };
}
