import type { BenchmarkResult } from '../benchmark.ts';
import { median } from '../figures/median.ts';
import { meetsTargets } from '../figures/meetsTargets.ts';
import { prefixed } from '../figures/prefixed.ts';
import { quotient } from '../figures/quotient.ts';
import { round } from '../figures/round.ts';
import { roundAll } from '../figures/roundAll.ts';
import type { MemoryUsage } from '../peers/readMemory.ts';

/** What one connection takes of each, in bytes. */
export type MemoryRound = MemoryUsage;

export interface MemoryRounds {
  readonly ours: readonly MemoryRound[];
  readonly stock: readonly MemoryRound[];
  readonly ws: readonly MemoryRound[];
}

const targets = { stock: 1.15, 'stock, heap': 1.15 };

/** What is told of a contender, in the order of the table's columns. */
interface MemoryFigures {
  readonly rssKiB: number;
  readonly heapKiB: number;
  readonly externalKiB: number;
}

const head = [
  ...['', 'resident KiB/connection', 'heap KiB/connection', 'outside of the heap KiB/connection'],
];

/** The ratios are of resident memory, and of the heap, for a connection; both without garbage. */
export function summariseMemory(rounds: MemoryRounds, connections: number): BenchmarkResult {
  const [ours, stock, ws] = [rounds.ours, rounds.stock, rounds.ws].map(toFigures);
  const ratios = {
    stock: quotient(ours?.rssKiB, stock?.rssKiB),
    'stock, heap': quotient(ours?.heapKiB, stock?.heapKiB),
    ws: quotient(ours?.rssKiB, ws?.rssKiB),
  };
  const named = { ours, stock, ws };
  return {
    table: [
      head,
      ['Roomcast', ...toCells(ours)],
      ['Socket.IO', ...toCells(stock)],
      ['ws, without rooms', ...toCells(ws)],
    ],
    figures: {
      ...{ connections, rounds: rounds.ours.length },
      ...Object.assign(
        {},
        ...Object.entries(named).map(([name, figures]) => prefixed(name, figures ?? {})),
      ),
    },
    ratios: roundAll(ratios),
    targets,
    passed: meetsTargets(ratios, targets),
  };
}

function toFigures(rounds: readonly MemoryRound[]): MemoryFigures {
  const middle = (value: (of: MemoryRound) => number) => round(median(rounds.map(value)) / 1_024);
  return {
    rssKiB: middle(({ rss }) => rss),
    heapKiB: middle(({ heapUsed }) => heapUsed),
    externalKiB: middle(({ external }) => external),
  };
}

function toCells(figures: MemoryFigures | undefined): readonly string[] {
  return Object.values(figures ?? {}).map(String);
}
