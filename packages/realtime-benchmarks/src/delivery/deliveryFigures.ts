import type { Table } from '../benchmark.ts';
import { median } from '../figures/median.ts';
import { prefixed } from '../figures/prefixed.ts';
import { round } from '../figures/round.ts';
import type { DeliveryRound } from './deliveryRound.ts';
import type { MeasuredContender } from './measureDeliveries.ts';

/** What is told of a contender, each the median of its rounds, in the order of the table's columns. */
export interface DeliveryFigures {
  /** User and system time of the server for one publication to one subscriber. */
  readonly cpuUs: number;
  /** What of it is system time. */
  readonly systemUs: number;
  /** From publishing to the handler. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From when a publication was due. */
  readonly dueP99Ms: number;
  /** Publications × subscribers. */
  readonly deliveries: number;
  /** WebSocket messages: fewer than deliveries where publications share one. */
  readonly frames: number;
  /** On the wire, for one publication to one subscriber. */
  readonly bytes: number;
  readonly loadCpuUs: number;
}

const head = [
  ...['', 'server CPU µs/delivery', 'of it system', 'p50 ms', 'p99 ms', 'p99 ms from due'],
  ...['deliveries', 'frames', 'bytes/delivery', 'load CPU µs/delivery'],
];

/** Figures of contenders, and how they are told. */
export interface DeliverySummary {
  /** The figures of a contender by its name, null where it was not measured. */
  of(name: string): DeliveryFigures | null;
  readonly table: Table;
  /** All figures, each with the name of its contender in front. */
  readonly named: Readonly<Record<string, number>>;
}

export function summariseDeliveries(measured: readonly MeasuredContender[]): DeliverySummary {
  const all = measured.map(({ name, label, rounds }) => ({
    ...{ name, label, figures: toDeliveryFigures(rounds) },
  }));
  return {
    of: (name) => all.find((contender) => contender.name === name)?.figures ?? null,
    table: [head, ...all.map(({ label, figures }) => [label, ...toCells(figures)])],
    named: Object.assign({}, ...all.map(({ name, figures }) => prefixed(name, figures))),
  };
}

export function toDeliveryFigures(rounds: readonly DeliveryRound[]): DeliveryFigures {
  const middle = (value: (of: DeliveryRound) => number) => round(median(rounds.map(value)));
  return {
    cpuUs: middle(({ serverCpuMs, publications }) => (serverCpuMs * 1_000) / publications),
    systemUs: middle(({ serverSystemMs, publications }) => (serverSystemMs * 1_000) / publications),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    dueP99Ms: middle(({ dueP99Ms }) => dueP99Ms),
    deliveries: middle(({ publications }) => publications),
    frames: middle(({ messages }) => messages),
    bytes: middle(({ bytes, publications }) => bytes / publications),
    loadCpuUs: middle(({ loadCpuMs, publications }) => (loadCpuMs * 1_000) / publications),
  };
}

function toCells(figures: DeliveryFigures): readonly string[] {
  return Object.values(figures).map(String);
}
