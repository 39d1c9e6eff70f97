import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchBrowser } from './launchBrowser.ts';
import { type Hall, openHall } from './openHall.ts';

interface Stage {
  readonly browser: Browser;
  readonly hall: Hall;
}

/** A browser and a hall for all tests of a file. To be read within its tests. */
export function setUpHall(): Stage {
  let stage: Stage | null = null;

  beforeAll(async () => {
    const [browser, hall] = await Promise.all([launchBrowser(), openHall()]);
    stage = { browser, hall };
  });

  afterAll(async () => {
    await stage?.browser.close();
    await stage?.hall[Symbol.asyncDispose]();
  });

  const open = () => {
    if (!stage) throw new Error('The hall opens before the first test.');
    return stage;
  };
  return {
    get browser() {
      return open().browser;
    },
    get hall() {
      return open().hall;
    },
  };
}
