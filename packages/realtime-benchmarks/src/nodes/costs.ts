import { median } from '../figures/median.ts';
import { round } from '../figures/round.ts';
import { middle } from './middle.ts';
import type { NodesRound } from './nodesRound.ts';
import type { ReadRound } from './readRound.ts';

/** The rounds with a number of nodes. */
export interface MeasuredNodes {
  readonly nodes: number;
  /** With many subscribers a node. */
  readonly wide: NodesRound[];
  /** With few of them, and many publications. */
  readonly quick: NodesRound[];
}

/**
 * A node pays for the news of a publication once and for every delivery of it. Rounds with many and
 * with few subscribers are two equations for the two.
 */
export function nodeCosts(measured: readonly MeasuredNodes[], quickSubscribers: number) {
  const one = measured.find(({ nodes }) => nodes === 1);
  if (!one) return {};
  const perPublication = (rounds: readonly NodesRound[]) =>
    median(rounds.map(({ nodeCpuMs, publications }) => (nodeCpuMs * 1_000) / publications));
  const [first] = one.wide;
  const wideSubscribers = first ? first.deliveries / first.publications : Number.NaN;
  const [wide, quick] = [perPublication(one.wide), perPublication(one.quick)];
  const deliveryUs = (wide - quick) / (wideSubscribers - quickSubscribers);
  return {
    nodeDeliveryCpuUs: round(deliveryUs),
    nodeNewsCpuUs: round(quick - quickSubscribers * deliveryUs),
  };
}

/**
 * What a publication costs Redis without any node, and what each node adds: by rounds that followed
 * each other, since what a machine does beside them changes from minute to minute.
 */
export function redisCosts(measured: readonly MeasuredNodes[]) {
  const [fewest, most] = [measured[0], measured.at(-1)];
  if (!fewest || !most) return {};
  const each = (value: (of: NodesRound) => number) => {
    const of = (round: NodesRound) => value(round) / round.publications;
    const slopes = fewest.quick.flatMap((low, index) => {
      const high = most.quick[index];
      return high ? [(of(high) - of(low)) / (most.nodes - fewest.nodes)] : [];
    });
    // Noise makes nothing cheaper than nothing.
    const perNode = Math.max(0, median(slopes));
    return { perNode, alone: median(fewest.quick.map(of)) - perNode * fewest.nodes };
  };
  const cpuUs = each(({ redis }) => redis.cpuMs * 1_000);
  const bytes = each(({ redis }) => redis.outputBytes);
  return {
    redisAppendCpuUs: round(cpuUs.alone),
    redisNewsCpuUs: round(cpuUs.perNode),
    redisNewsBytes: round(bytes.perNode),
  };
}

/** What it costs Redis to be read, and to keep a room. */
export function readCosts(reads: readonly ReadRound[]) {
  return {
    redisReadCpuUs: middle(reads, ({ cpuUsPerRead }) => cpuUsPerRead),
    publicationsPerRead: reads[0]?.publications ?? 0,
    redisRoomKiB: middle(reads, ({ roomBytes }) => roomBytes / 1_024),
  };
}
