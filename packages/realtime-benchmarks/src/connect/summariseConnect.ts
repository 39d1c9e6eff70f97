import type { BenchmarkResult } from '../benchmark.ts';
import { median } from '../figures/median.ts';
import { prefixed } from '../figures/prefixed.ts';
import { round } from '../figures/round.ts';
import type { Connector } from './connectDialogues.ts';
import type { ConnectRound } from './connectLoad.ts';

export type MeasuredRound = ConnectRound & { readonly serverCpuMs: number };

export type ConnectRounds = Readonly<Record<Connector, MeasuredRound[]>>;

/** At least this many times as many clients a second as stock; and in one round trip. */
const target = 1.3;

/** What is told of a contender, in the order of the table's columns. */
interface ConnectFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMs: number;
  readonly loadCpuMs: number;
  readonly roundTrips: number;
}

const head = [
  ...['', 'clients/s', 'p50 ms', 'p99 ms', 'server CPU ms/client', 'load CPU ms/client'],
  'round trips',
];

/** The ratio is that of clients a second, each of them the median of the rounds. */
export function summariseConnect(rounds: ConnectRounds, count: number): BenchmarkResult {
  const ours = toFigures(rounds.ours, count);
  const stock = toFigures(rounds.stock, count);
  const stockAtOnce = toFigures(rounds.stockAtOnce, count);
  const bare = toFigures(rounds.bare, count);
  const ratio = ours.perSecond / stock.perSecond;
  return {
    table: [
      head,
      ['Roomcast', ...toCells(ours)],
      ['Socket.IO, one join after the other', ...toCells(stock)],
      ['Socket.IO, all joins at once', ...toCells(stockAtOnce)],
      ['Socket.IO, neither token nor rooms', ...toCells(bare)],
    ],
    figures: {
      ...{ clients: count, rounds: rounds.ours.length },
      ...prefixed('ours', ours),
      ...prefixed('stock', stock),
      ...prefixed('stockAtOnce', stockAtOnce),
      ...prefixed('bare', bare),
    },
    ratios: {
      stock: round(ratio),
      stockAtOnce: round(ours.perSecond / stockAtOnce.perSecond),
      // The most that anybody on Socket.IO could reach: their own work would take no time.
      'stock, of a bare handshake': round(bare.perSecond / stock.perSecond),
    },
    targets: { stock: target },
    passed: ratio >= target && ours.roundTrips === 1,
  };
}

function toFigures(rounds: readonly MeasuredRound[], count: number): ConnectFigures {
  const middle = (value: (of: MeasuredRound) => number) => round(median(rounds.map(value)));
  return {
    perSecond: middle(({ wallMs }) => (count * 1_000) / wallMs),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    serverCpuMs: middle(({ serverCpuMs }) => serverCpuMs / count),
    loadCpuMs: middle(({ loadCpuMs }) => loadCpuMs / count),
    roundTrips: Math.max(...rounds.map(({ roundTrips }) => roundTrips)),
  };
}

function toCells(figures: ConnectFigures): readonly string[] {
  return Object.values(figures).map(String);
}
