import type { Page } from 'playwright-core';

/** How a page felt while it was watched. */
export interface Responsiveness {
  /** The longest task of the main thread; 0 where none took 50 ms, below which nothing is reported. */
  readonly longestTaskMs: number;
  /** The longest time between two frames. */
  readonly longestFrameGapMs: number;
  /** The most turns in any second in which the page changed what is shown. */
  readonly mostCommitsInASecond: number;
}

/** Watches a page until the function that it returns is called. */
export async function watchResponsiveness(page: Page): Promise<() => Promise<Responsiveness>> {
  await page.evaluate(() => {
    const tasksMs: number[] = [];
    const commitsAtMs: number[] = [];
    let longestFrameGapMs = 0;
    let lastFrameAtMs = performance.now();
    let isOver = false;
    const onTasks = (list: PerformanceObserverEntryList) => {
      tasksMs.push(...list.getEntries().map(({ duration }) => duration));
    };
    const tasks = new PerformanceObserver(onTasks);
    tasks.observe({ type: 'longtask' });
    // It hears of all changes of one turn together, which is a commit of React.
    const commits = new MutationObserver(() => void commitsAtMs.push(performance.now()));
    commits.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const onFrame = (atMs: number) => {
      longestFrameGapMs = Math.max(longestFrameGapMs, atMs - lastFrameAtMs);
      lastFrameAtMs = atMs;
      if (!isOver) requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
    Object.assign(window, {
      endWatch() {
        isOver = true;
        onTasks({ getEntries: () => tasks.takeRecords() } as PerformanceObserverEntryList);
        tasks.disconnect();
        commits.disconnect();
        const inSecondFrom = (fromMs: number) =>
          commitsAtMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1_000).length;
        return {
          longestTaskMs: Math.max(0, ...tasksMs),
          longestFrameGapMs,
          mostCommitsInASecond: Math.max(0, ...commitsAtMs.map(inSecondFrom)),
        };
      },
    });
  });
  return () =>
    page.evaluate(() => (window as unknown as { endWatch(): Responsiveness }).endWatch());
}
