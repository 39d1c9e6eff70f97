// Everything that `test` runs small, at full scale: each chaos scenario and each benchmark, one after
// the other, their results kept in docs. It takes about an hour. Ends with what missed its target.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { benchmarks } from '../packages/realtime-benchmarks/src/benchmarks.ts';
import { scenarios } from '../packages/realtime-chaos/src/scenarios.ts';

/** Runs one by its name. @returns whether it ran to its end and, of a scenario, passed */
function run(command, name) {
  const main = `packages/realtime-${command === 'bench' ? 'benchmarks' : 'chaos'}/src/main.ts`;
  const args = ['--conditions=@roomcast/source', main, name, '--write'];
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0;
}

function meetsTargets(name) {
  const url = new URL(`../docs/benchmarks/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')).passed;
}

const missed = [
  ...scenarios.filter(({ name }) => !run('chaos', name)).map(({ name }) => `chaos ${name}`),
  ...benchmarks
    .filter(({ name }) => !run('bench', name) || !meetsTargets(name))
    .map(({ name }) => `bench ${name}`),
];
process.stdout.write(
  `${missed.length === 0 ? 'Everything passed.' : `Missed: ${missed.join(', ')}.`}\n`,
);
process.exitCode = missed.length === 0 ? 0 : 1;
