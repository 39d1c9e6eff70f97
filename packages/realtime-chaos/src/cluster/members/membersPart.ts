import type { Part } from '@roomcast/realtime-processes';
import { type Fault, type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import type { OpenMember } from './member.ts';
import { MemberLog } from './memberLog.ts';
import type { MemberRecord } from './memberRecord.ts';

/** Who is to be opened. */
export interface MemberPlan {
  readonly userId: string;
  readonly eventId: string;
}

/** Which members are opened, and what they have besides. */
export interface OpenOrder {
  readonly plans: readonly MemberPlan[];
  /** Whether all have the network of the first: for many, to whom nothing happens one by one. */
  readonly sharesNetwork: boolean;
  /** Whether they come back after the delays that clients have by themselves. */
  readonly hasOwnDelays: boolean;
}

/** A process with members in it, each behind a network of its own unless they share one. */
export type MembersPart = Part & {
  /** Resolves once all of them are in their rooms. */
  open(order: OpenOrder): Promise<void>;
  /** Where connections lead from now on, in turn. */
  route(ports: readonly number[]): void;
  /** Cuts the connection of one member. */
  cut(member: number): void;
  /** Lets a fault happen to one member's network for a time; resolves when that is over. */
  suffer(fault: {
    readonly member: number;
    readonly fault: Fault;
    readonly forMs: number;
  }): Promise<void>;
  /** How many are on their way back. */
  away(): number;
  /** Waits until all have heard the end. @returns how many have not when the time is over */
  whenEnded(timeoutMs: number): Promise<number>;
  record(): readonly MemberRecord[];
};

interface OpenedMember extends MemberPlan {
  readonly log: MemberLog;
  readonly proxy: FaultProxy;
}

const joinTimeoutMs = 30_000;

/** So many are let in at once: more would make each other late. */
const openedAtOnce = 100;

export function createMembersPart(openMember: OpenMember): MembersPart {
  const members: OpenedMember[] = [];
  let ports: readonly number[] = [];
  let turn = 0;

  function nextPort(): number {
    turn += 1;
    return ports[turn % ports.length] ?? 0;
  }

  function member(index: number): OpenedMember {
    const found = members[index];
    if (!found) throw new RangeError(`There is no member ${index}.`);
    return found;
  }

  async function joined(opened: readonly OpenedMember[]): Promise<void> {
    const waits = opened.map(({ log, userId }) =>
      log.changes.until(
        () => log.isJoined,
        () => `${userId} is not in its room`,
        joinTimeoutMs,
      ),
    );
    await Promise.all(waits);
  }

  return {
    async open({ plans, sharesNetwork, hasOwnDelays }) {
      for (const plan of plans) {
        const shared = sharesNetwork ? members[0]?.proxy : undefined;
        const proxy = shared ?? (await startFaultProxy(nextPort));
        const log = new MemberLog();
        openMember({ ...plan, log, hasOwnDelays, url: `http://127.0.0.1:${proxy.port}` });
        members.push({ ...plan, log, proxy });
        if (members.length % openedAtOnce === 0) await joined(members.slice(-openedAtOnce));
      }
      await joined(members);
    },
    route(to) {
      ports = to;
    },
    cut: (index) => member(index).proxy.cut(),
    suffer: ({ member: index, fault, forMs }) =>
      member(index).proxy.run([{ atMs: 0, forMs, fault }]),
    away: () => members.filter(({ log }) => log.isAway).length,
    async whenEnded(timeoutMs) {
      const ends = members.map(({ log }) =>
        log.changes
          .until(
            () => log.isEnded,
            () => '',
            timeoutMs,
          )
          .then(
            () => 0,
            () => 1,
          ),
      );
      return (await Promise.all(ends)).reduce((sum, one) => sum + one, 0);
    },
    record: () => members.map(({ log, userId, eventId }) => log.record(userId, eventId)),
  };
}
