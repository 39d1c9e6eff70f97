import { startProcess } from '@roomcast/realtime-processes';
import { scaled } from '../scaled.ts';
import type { Scenario } from '../scenario.ts';
import type { MountsPart } from './mountsPart.ts';
import type { SoakLoadPart } from './soakLoad.ts';
import type { SoakServerPart } from './soakServer.ts';

const fullCycles = 200_000;
const fullMounts = 10_000;
const lanes = 20;
/** What comes before the first look: compiled code, full histories, all users and rooms. */
const warmUpPart = 0.15;
const steps = 20;
const maxGrowthBytes = 1_000_000;
/** Of a small run, in which not everything is warm. */
const maxSmallGrowthBytes = 4_000_000;

const nodeArgs = ['--expose-gc'];

/** Sessions and pages come and go for long, and leave nothing behind. */
export const soakScenario: Scenario = {
  name: 'soak',
  summary: '200,000 sessions that join, call and go; 10,000 mounts of a page; nothing is left',
  smokeScale: 0.005,
  smokeSeeds: 1,

  async run({ scale, signal, progress }) {
    const module = (name: string) => new URL(name, import.meta.url);
    await using server = await startProcess<SoakServerPart>(module('soakServer.ts'), { nodeArgs });
    await using load = await startProcess<SoakLoadPart>(module('soakLoad.ts'));
    await using page = await startProcess<MountsPart>(module('mountsPart.ts'), { nodeArgs });
    const port = await server.calls.open();
    const cycles = scaled(fullCycles, scale);
    const mounts = scaled(fullMounts, scale);
    const cycle = (count: number) => load.calls.cycle({ port, count, lanes });

    const warmUp = Math.ceil(cycles * warmUpPart);
    let answered = await cycle(warmUp);
    const before = await server.calls.leftOvers();
    const rest = cycles - warmUp;
    for (let step = 0; step < steps && !signal.aborted; step += 1) {
      const count = Math.floor((rest * (step + 1)) / steps) - Math.floor((rest * step) / steps);
      answered += await cycle(count);
      progress(step + 1, steps + 2);
    }
    const after = await server.calls.leftOvers();
    await page.calls.open(port);
    const pageBefore = await page.calls.mount(Math.ceil(mounts * warmUpPart));
    progress(steps + 1, steps + 2);
    const pageAfter = await page.calls.mount(mounts - Math.ceil(mounts * warmUpPart));

    const growthBytes = after.heapBytes - before.heapBytes;
    const pageGrowthBytes = pageAfter.heapBytes - pageBefore.heapBytes;
    const maxBytes = scale < 1 ? maxSmallGrowthBytes : maxGrowthBytes;
    const checks: readonly (readonly [isSound: boolean, message: string])[] = [
      [answered === cycles, `${answered} of ${cycles} sessions had an answer`],
      [after.connections === 0, `${after.connections} connections are left`],
      [after.rooms === 0, `${after.rooms} rooms have members`],
      [after.resources.length === 0, `left open: ${after.resources.join(', ')}`],
      [growthBytes <= maxBytes, `the server's heap grew by ${growthBytes} bytes`],
      [pageGrowthBytes <= maxBytes, `the page's heap grew by ${pageGrowthBytes} bytes`],
      [pageBefore.shown + pageAfter.shown === mounts, `${pageAfter.shown} pages were shown`],
      [pageAfter.rooms === 0, `the page is still in ${pageAfter.rooms} rooms`],
    ];
    const failures = checks.flatMap(([isSound, message]) => (isSound ? [] : [{ message }]));
    return {
      passed: checks.length - failures.length,
      failures,
      figures: { cycles, mounts, growthBytes, pageGrowthBytes },
    };
  },
};
