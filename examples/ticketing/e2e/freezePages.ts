import type { Browser } from 'playwright-core';

/**
 * Stops the pages of a browser as a phone or a laptop stops what is in the background: no script, no
 * timer and no frame runs in them, while the network goes on and keeps what arrives for them.
 *
 * Their processes are stopped. This browser has no window: to it, every tab is in front, another one
 * before it or `Page.setWebLifecycleState` slow nothing down.
 *
 * @returns lets them go on, harmless when called twice
 */
export async function freezePages(browser: Browser): Promise<() => void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const id of renderers) process.kill(id, 'SIGSTOP');
  return () => {
    for (const id of renderers.splice(0)) process.kill(id, 'SIGCONT');
  };
}
