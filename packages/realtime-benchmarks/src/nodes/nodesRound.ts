import { setTimeout } from 'node:timers/promises';
import type { DeliveryWork } from '../delivery/deliveryRound.ts';
import { whenEmpty } from '../peers/whenEmpty.ts';
import type { BenchNode, NodesBench } from './nodesBench.ts';
import { type RedisFigures, readRedisFigures } from './redisFigures.ts';

/** What each node has to do in a round: `subscribers` are those of one node. */
export type NodesWork = Omit<DeliveryWork, 'workload'>;

/** What a round did to everybody. */
export interface NodesRound {
  readonly publications: number;
  /** Publications × subscribers of all nodes. */
  readonly deliveries: number;
  /** Of all nodes together. */
  readonly nodeCpuMs: number;
  readonly publisherCpuMs: number;
  readonly redis: RedisFigures;
  /** From publishing to the handler, on the slowest node. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const timeoutMs = 60_000;
/** See `runDeliveryRound`. */
const quietMs = 250;
/** How many subscribers of a node read and check all that they get. */
const samples = 5;

/** Subscribes on some nodes, publishes beside them, and waits until everybody has everything. */
export async function runNodesRound(
  bench: NodesBench,
  nodeCount: number,
  work: NodesWork,
  eventId: string,
): Promise<NodesRound> {
  const { redis, publisher } = bench;
  const nodes = bench.nodes.slice(0, nodeCount);
  const loads = nodes.map(({ load }) => load);
  const { warmUp, publications, perSecond, maxPerTurn } = work;
  const count = warmUp + publications;
  const options = { workload: 'purchases', eventId, count } as const;

  const each = <T>(call: (node: BenchNode) => Promise<T>) => Promise.all(nodes.map(call));
  const publish = async (first: number, end: number) => {
    await publisher.publishPaced({ perSecond, maxPerTurn, timeoutMs, first, count: end - first });
    return Promise.all(loads.map((load) => load.whenDelivered({ count: end, timeoutMs })));
  };

  await publisher.prepare(options);
  await each(async ({ load, server: { port } }) => {
    await load.prepare({ secret: bench.secret, count: work.subscribers });
    await load.open({
      ...{ ...options, client: 'framed', counts: 'messages', contract: 'bench', port, timeoutMs },
      sampleEvery: Math.ceil(work.subscribers / samples),
    });
    await load.startMeter();
  });
  await publish(0, warmUp - 1);
  await setTimeout(quietMs);
  await publish(warmUp - 1, warmUp);
  await setTimeout(quietMs);

  await each(({ load }) => load.startMeter());
  const before = await redis.info();
  await Promise.all([publisher.startMeter(), each(({ server }) => server.calls.startMeter())]);
  const delivered = await publish(warmUp, count);
  const measured = await each(({ server }) => server.calls.stopMeter());
  const { cpuMs: publisherCpuMs } = await publisher.stopMeter();
  const figures = readRedisFigures(before, await redis.info(), publications);
  await each(async ({ load, server }) => {
    await load.close();
    await whenEmpty(server.calls, timeoutMs);
  });
  return {
    ...{ publications, publisherCpuMs, redis: figures },
    deliveries: sum(delivered.map((of) => of.publications)),
    nodeCpuMs: sum(measured.map(({ cpuMs }) => cpuMs)),
    p50Ms: Math.max(...delivered.map(({ p50Ms }) => p50Ms)),
    p99Ms: Math.max(...delivered.map(({ p99Ms }) => p99Ms)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
