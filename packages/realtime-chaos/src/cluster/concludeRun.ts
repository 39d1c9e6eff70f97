import { setTimeout } from 'node:timers/promises';
import type { ScenarioFailure } from '../scenario.ts';
import type { MemberRecord } from './members/memberRecord.ts';
import type { Peer } from './peers.ts';
import type { Published } from './publishing/published.ts';
import type { Cluster } from './startCluster.ts';
import { judge } from './verdict/judge.ts';

/** In which a node that is connected reads what it has missed. */
const settleMs = 1_000;
/** For how long the end of a stream may be on its way, once every fault is over. */
const endTimeoutMs = 60_000;
/** For who may lose the end as well: how often it is published, and how far apart. */
const stockMarks = 5;
const stockMarkMs = 2_000;

export interface Conclusion {
  readonly passed: number;
  readonly failures: readonly ScenarioFailure[];
  readonly figures: Readonly<Record<string, number>>;
  readonly records: readonly MemberRecord[];
}

/** Ends every stream, waits until all members have heard that, and says what they missed. */
export async function concludeRun(
  { nodes, memberProcesses, publisher, eventIds, ends }: Cluster,
  peer: Peer,
  published: readonly Published[],
): Promise<Conclusion> {
  const whenEnded = async (timeoutMs: number) => {
    const rest = memberProcesses.map(({ calls }) => calls.whenEnded(timeoutMs));
    return (await Promise.all(rest)).reduce((sum, one) => sum + one, 0);
  };
  // A node that comes back later may find the end within a gap.
  await Promise.all(nodes.map(({ calls }) => calls.whenConnected()));
  await setTimeout(settleMs);
  // Once and no more: who has lost it has to find out by itself.
  await publisher.calls.mark(eventIds);
  let waiting = await whenEnded(peer.isOurs ? endTimeoutMs : stockMarkMs);
  for (let mark = 1; mark < stockMarks && waiting > 0 && !peer.isOurs; mark += 1) {
    await publisher.calls.mark(eventIds);
    waiting = await whenEnded(stockMarkMs);
  }
  const counts = [...nodes, publisher].map(({ calls }) => calls.rejections());
  const unhandled = (await Promise.all(counts)).reduce((sum, one) => sum + one, 0);
  const records = (await Promise.all(memberProcesses.map(({ calls }) => calls.record()))).flat();
  const { whole, failures, figures } = judge(records, published);
  const late = waiting > 0 ? [{ message: `${waiting} members never heard the end` }] : [];
  const rejected =
    unhandled > 0 ? [{ message: `${unhandled} rejections were handled by nobody` }] : [];
  return {
    passed: whole,
    failures: [...ends, ...rejected, ...late, ...failures],
    figures: {
      ...{ ...figures, neverHeardTheEnd: waiting },
      ...{ processesEnded: ends.length, unhandledRejections: unhandled },
    },
    records,
  };
}
