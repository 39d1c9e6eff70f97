import { purchase } from './benchContract.ts';
import { createRandom } from './random.ts';
import { listStates, unrelatedLists } from './ticketLists.ts';

/** What is published: the same for every contender, and known to the load, which checks it. */
export interface Workload {
  /** The name of the event. */
  readonly event: string;
  /**
   * Whether each payload gets the moment of its publication, `sentAtMs`, and how much later than due
   * that was, `lateMs`.
   */
  readonly isTimed: boolean;
  /** @param index - of the publication, from 0 */
  payload(index: number): object;
}

export interface WorkloadOptions {
  readonly workload: WorkloadName;
  /** The id of the room, such as `42` for the room `event-42`. */
  readonly eventId: string;
  /** How many publications there will be. */
  readonly count: number;
}

const workloads = {
  purchases: () => ({ event: 'ticket-purchased', isTimed: true, payload: shortPurchase }),
  unrelatedLists: ({ eventId, count }) => listWorkload(eventId, unrelatedLists(count)),
  listStates: ({ eventId, count }) => listWorkload(eventId, listStates(count)),
  readyPurchases: ({ eventId }) => ({
    event: 'ticket-purchased',
    isTimed: false,
    payload: (index) => readyPurchase(eventId, index),
  }),
} satisfies Record<string, (options: WorkloadOptions) => Workload>;

export type WorkloadName = keyof typeof workloads;

export function createWorkload(options: WorkloadOptions): Workload {
  return workloads[options.workload](options);
}

function listWorkload(eventId: string, lists: readonly object[][]): Workload {
  const payloads = lists.map((tickets) => ({ eventId, tickets }));
  return { event: 'list-changed', isTimed: false, payload: (index) => payloads[index] ?? {} };
}

/** About 200 bytes together with the moment of its publication. */
function shortPurchase(index: number) {
  return { ...purchase(index), note: 'Two tickets, please.' };
}

/** 118 bytes for an event of the ready contract: its ids are fresh, all else is as in its example. */
function readyPurchase(eventId: string, index: number) {
  const random = createRandom(index);
  return {
    eventId,
    ticketId: `t-${1_000 + random(9_000)}`,
    buyer: `user-${random(10)}`,
    price: 49.5,
    seat: 'C12',
    timestamp: '2026-05-04T18:30:00.000Z',
  };
}
