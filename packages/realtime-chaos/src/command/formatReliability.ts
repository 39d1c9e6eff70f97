import { markdownTable } from 'markdown-table';

/** The results of a scenario as they are kept, with what is needed to read them. */
export interface ChaosRecord {
  readonly scenario: string;
  readonly summary: string;
  /** Whose system it was, or null for ours. */
  readonly peer: string | null;
  readonly scale: number;
  readonly runs: readonly {
    readonly seed: number;
    readonly passed: number;
    readonly failed: number;
    readonly figures: Readonly<Record<string, number>>;
  }[];
  readonly date: string;
  readonly node: string;
  readonly cpus: number;
}

/** What is told of every system, in words. */
const compared: Readonly<Record<string, string>> = {
  expected: 'deliveries expected',
  lost: 'not delivered',
  unsignalled: 'of these without a word',
  twice: 'delivered twice',
  disordered: 'out of order',
  signals: 'told that something may be missing',
  longestZombieMs: 'longest life of a dead connection, ms',
  backP99Ms: 'back and replayed, p99, ms',
  unhandledRejections: 'rejections that nobody handles, each of which ends a process',
  processesEnded: 'processes that ended by themselves',
  neverHeardTheEnd: 'members cut off for good',
};

const peers: readonly (readonly [string | null, string])[] = [
  [null, 'Roomcast'],
  ['redis-adapter', 'Socket.IO, Redis adapter'],
  ['streams-adapter', 'Socket.IO, streams adapter'],
];

/** The page of all results. */
export function formatReliability(records: readonly ChaosRecord[]): string {
  const ours = records.filter(({ peer }) => peer === null);
  const overview = table([
    ['scenario', 'seeds', 'scale', 'passed', 'failed', 'date'],
    ...ours.map(({ scenario, runs, scale, date }) => [
      ...[scenario, `${runs.length}`, `${scale}`],
      ...[
        `${sum(runs.map(({ passed }) => passed))}`,
        `${sum(runs.map(({ failed }) => failed))}`,
        date,
      ],
    ]),
  ]);
  const sections = ours.map((record) => {
    const others = records.filter(({ peer, scenario }) => peer && scenario === record.scenario);
    return toSection(record, others);
  });
  return `# Reliability

Written by \`pnpm chaos NAME --write\`: what happened to real servers, clients and Redis, in processes of their own, under faults. [What each scenario does](../packages/realtime-chaos/README.md). Counts are of all seeds together, times are the longest of any. Socket.IO alone goes through the same with one seed; it says that something may be missing with \`recovered: false\`, which counts as told.

${overview}

${sections.join('\n')}`;
}

function toSection(record: ChaosRecord, others: readonly ChaosRecord[]): string {
  const { scenario, summary, runs, node, cpus, date } = record;
  const seeds = runs.map(({ seed }) => seed).join(', ');
  const comparison = others.length > 0 ? `${compare(record, others)}\n\n` : '';
  const figures = Object.entries(total(record))
    .filter(([name]) => others.length === 0 || !(name in compared))
    .map(([name, value]) => `${name} ${value.toLocaleString('en')}`);
  const seedWord = runs.length === 1 ? 'seed' : 'seeds';
  return `## ${scenario}

${summary}. On ${date}, ${cpus} cores, Node ${node}, ${seedWord} ${seeds}.

${comparison}${figures.join(', ')}.
`;
}

function compare(record: ChaosRecord, others: readonly ChaosRecord[]): string {
  const columns = peers.flatMap(([peer, title]) => {
    const found = [record, ...others].find((one) => one.peer === peer);
    return found ? [{ title, figures: total(found), seeds: found.runs.length }] : [];
  });
  const rows = Object.entries(compared).flatMap(([name, words]) =>
    record.runs.some(({ figures }) => name in figures)
      ? [[words, ...columns.map(({ figures }) => figures[name]?.toLocaleString('en') ?? '')]]
      : [],
  );
  return table([
    ['', ...columns.map(({ title }) => title)],
    ['seeds', ...columns.map(({ seeds }) => `${seeds}`)],
    ...rows,
  ]);
}

/** Counts added up; of what is a time, the longest. */
function total({ runs }: ChaosRecord): Readonly<Record<string, number>> {
  const all: Record<string, number> = {};
  for (const { figures } of runs) {
    for (const [name, value] of Object.entries(figures)) {
      const before = all[name] ?? 0;
      all[name] = name.endsWith('Ms') ? Math.max(before, value) : before + value;
    }
  }
  return all;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

function table(rows: readonly (readonly string[])[]): string {
  const align = (rows[0] ?? []).map((_, column) => (column === 0 ? 'l' : 'r'));
  return markdownTable(
    rows.map((row) => [...row]),
    { align },
  );
}
