import type { Benchmark } from '../benchmark.ts';

/** What `pnpm bench --help` prints. */
export function usage(benchmarks: readonly Benchmark[]): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  const list = benchmarks.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: pnpm bench NAME [options]

${list.join('\n')}

  --smoke  the whole way with little work, whose figures mean nothing
  --write  keeps the result in docs/benchmarks, and writes the pages that are made of them anew
  --pages  writes these pages anew from the results that were kept, and measures nothing
  --help   this list

Bun is a peer where \`ROOMCAST_BUN\` names its executable, or the PATH has it.
`;
}
