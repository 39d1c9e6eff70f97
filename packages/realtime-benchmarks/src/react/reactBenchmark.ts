import type { Benchmark } from '../benchmark.ts';
import { type Bridge, bridges } from './bridges.ts';
import { eventIdOfPage } from './eventIdOfPage.ts';
import type { EventServer } from './eventServer.ts';
import type { PageRun, ReactLoad } from './reactLoad.ts';
import { summariseReact } from './summariseReact.ts';

const timeoutMs = 10_000;

/** Events in quick succession on a mounted event page. */
export const reactBenchmark: Benchmark = {
  name: 'react',
  summary:
    '1,000 events in 1 s on one mounted event page; fewer fetches and commits are better, none may be missed',

  async run({ isSmoke, startPart, progress }) {
    const size = isSmoke ? { events: 50, overMs: 100 } : { events: 1_000, overMs: 1_000 };
    const roundCount = isSmoke ? 1 : 5;
    const { calls: server } = await startPart<EventServer>(
      new URL('eventServer.ts', import.meta.url),
    );
    const { calls: page } = await startPart<ReactLoad>(new URL('reactLoad.ts', import.meta.url));
    const port = await server.listen();
    const rounds: Record<Bridge, PageRun[]> = { ours: [], naive: [] };
    // The first round warms up: the page is compiled as it runs.
    for (let index = 0; index <= roundCount; index += 1) {
      progress(index === 0 ? 'warming up' : `round ${index} of ${roundCount}`);
      for (const bridge of index % 2 === 0 ? bridges : bridges.toReversed()) {
        await page.open({ bridge, port });
        await page.start();
        await server.publish({
          ...{ eventId: eventIdOfPage, count: size.events, overMs: size.overMs },
        });
        const run = await page.stop({ events: size.events, timeoutMs });
        if (index > 0) rounds[bridge].push(run);
      }
    }
    return summariseReact(rounds, size);
  },
};
