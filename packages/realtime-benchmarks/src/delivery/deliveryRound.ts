import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { RemoteCalls } from '@roomcast/realtime-processes';
import type { OpenServer } from '../peers/openServer.ts';
import { whenEmpty } from '../peers/whenEmpty.ts';
import type { WorkloadName } from '../peers/workload.ts';
import type { Contender } from './contender.ts';
import type { Deliveries, DeliveryLoad } from './deliveryLoad.ts';

/** What each contender has to do in a round. */
export interface DeliveryWork {
  readonly subscribers: number;
  /** How many publications are measured. */
  readonly publications: number;
  /** How many go before them: code is compiled as it runs. */
  readonly warmUp: number;
  readonly perSecond: number;
  readonly maxPerTurn: number;
  readonly workload: WorkloadName;
}

export interface DeliveryRound extends Deliveries {
  /** How messages came: as text, or what was agreed. */
  readonly agreed: string;
  readonly serverCpuMs: number;
  readonly serverSystemMs: number;
}

const timeoutMs = 120_000;

/**
 * Longer than a kernel delays an acknowledgement. An event with silence around it brings the TCP of
 * every subscriber to the same state: one that still thinks that it is in a dialogue, as after a
 * long answer to its handshake, acknowledges every second message as it comes, at the sender's
 * expense, and the others each when they read it, at their own.
 */
const quietMs = 250;

/** How many subscribers read and check all that they get. */
const samples = 20;

/** Subscribes, publishes and waits until everybody has everything. */
export async function runDeliveryRound(
  load: RemoteCalls<DeliveryLoad>,
  { calls: server, port }: OpenServer,
  { client, counts, listen }: Pick<Contender, 'client' | 'counts' | 'listen'>,
  work: DeliveryWork,
): Promise<DeliveryRound> {
  const { warmUp, publications, perSecond, maxPerTurn, workload } = work;
  const count = warmUp + publications;
  const pace = { perSecond, maxPerTurn, timeoutMs };
  // As long as the ids of the ready contract.
  const options = { workload, eventId: String(randomInt(10, 100)), count };
  await server.prepare(options);
  const agreed = await load.open({
    ...{ ...options, client, counts, port, timeoutMs },
    contract: listen?.contract ?? 'bench',
    sampleEvery: Math.ceil(work.subscribers / samples),
  });
  await load.startMeter();
  await server.publishPaced({ ...pace, first: 0, count: warmUp - 1 });
  await load.whenDelivered({ count: warmUp - 1, timeoutMs });
  await setTimeout(quietMs);
  await server.publishPaced({ ...pace, first: warmUp - 1, count: 1 });
  await load.whenDelivered({ count: warmUp, timeoutMs });
  await setTimeout(quietMs);

  await load.startMeter();
  await server.startMeter();
  await server.publishPaced({ ...pace, first: warmUp, count: publications });
  const delivered = await load.whenDelivered({ count, timeoutMs });
  const { cpuMs: serverCpuMs, systemMs: serverSystemMs } = await server.stopMeter();
  await load.close();
  await whenEmpty(server, timeoutMs);
  return { ...delivered, agreed, serverCpuMs, serverSystemMs };
}
