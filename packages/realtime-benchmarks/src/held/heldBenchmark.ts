import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { LoadReport } from '@roomcast/realtime-load';
import type { Benchmark } from '../benchmark.ts';
import { summariseHeld } from './summariseHeld.ts';

const command = fileURLToPath(new URL('../../../realtime-load/src/main.ts', import.meta.url));

/** As the README of the load command shows it; no threshold, since a miss is a figure here. */
const scenario = [
  ...['run', '--demo', '--publish-action', 'send-message'],
  ...['--publish-input', '{"eventId":"load-{n}","message":"{stamp}"}'],
];
const full = ['--connections', '10000', '--ramp', '1000/s', '--rate', '1/s', '--duration', '30s'];
const smoke = ['--connections', '50', '--ramp', '500/s', '--rate', '10/s', '--duration', '1s'];

/** The load command itself, at the scale that it promises. */
export const heldBenchmark: Benchmark = {
  name: 'held',
  summary: '10,000 real clients of `realtime-load` held by one server process for 30 s',

  async run({ isSmoke, progress }) {
    progress('running the load command');
    const folder = await mkdtemp(join(tmpdir(), 'held-'));
    const json = join(folder, 'report.json');
    try {
      await promisify(execFile)(process.execPath, [
        ...['--conditions=@roomcast/source', command, ...scenario],
        ...[...(isSmoke ? smoke : full), '--json', json],
      ]);
      const report: LoadReport = JSON.parse(await readFile(json, 'utf8'));
      return summariseHeld(report);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};
