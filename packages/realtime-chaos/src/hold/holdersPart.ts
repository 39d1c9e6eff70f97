import type { Part } from '@roomcast/realtime-processes';
import { type HoldingClient, type HoldingPlan, openHoldingClient } from './holdingClient.ts';
import { LatencyCounts } from './latencyCounts.ts';

/** So many are on their way at once. */
const concurrency = 50;

/** What a process has seen of its connections. */
export interface HoldersRecord {
  /** Why those that were not let in were not. */
  readonly failed: readonly string[];
  /** Why those that did not stay were closed. */
  readonly dropped: readonly string[];
  /** How many have not heard each announcement once, and in order. */
  readonly unsound: number;
  /** By milliseconds. */
  readonly latencies: Uint32Array;
}

/** Many connections that stay. */
export type HoldersPart = Part & {
  /** Resolves when all are in their rooms, or were not let in. */
  open(plans: readonly HoldingPlan[]): Promise<void>;
  /** @param announced - how many announcements there were */
  record(announced: number): HoldersRecord;
  close(): void;
};

export function createPart(): HoldersPart {
  const clients: HoldingClient[] = [];
  const failed: string[] = [];
  const latencies = new LatencyCounts();
  const isSound = ({ heard }: HoldingClient, announced: number) =>
    heard.length === announced && heard.every((number, index) => number === index + 1);
  return {
    async open(plans) {
      const left = plans.values();
      const lane = async () => {
        for (const plan of left) {
          try {
            clients.push(await openHoldingClient(plan, (ms) => latencies.add(ms)));
          } catch (error) {
            failed.push(String(error));
          }
        }
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
    record: (announced) => ({
      failed,
      dropped: clients.flatMap(({ closedBy }) => closedBy() ?? []),
      unsound: clients.filter((client) => !isSound(client, announced)).length,
      latencies: latencies.counts,
    }),
    close() {
      for (const client of clients) client.terminate();
    },
  };
}
