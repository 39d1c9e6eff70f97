import { defineContract } from '@roomcast/realtime-contract';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.safeInteger());
const status = v.picklist(['up', 'down']);

const NodeState = v.object({
  name: v.string(),
  status,
  /** Null where the node did not answer. */
  connections: v.nullable(count),
  rooms: v.nullable(count),
});

const Counters = v.object({
  /** In the log, in the rooms that are watched, since the start. */
  published: count,
  /** How many connections watch. Each has to hear every publication of its room. */
  watchers: count,
  delivered: count,
  onTheWay: count,
  lost: count,
  twice: count,
});

const ClusterState = v.object({
  /** Where the shop is: the proxy. */
  shopUrl: v.string(),
  nodes: v.array(NodeState),
  redis: status,
  counters: Counters,
  /** What happened to processes, the newest first. */
  happenings: v.array(v.object({ id: count, at: v.string(), text: v.string() })),
});

/** What the control page and its server share. */
export const controlContract = defineContract({
  version: '1.0',
  rooms: { cluster: { template: 'cluster', access: 'public' } },
  events: {
    'cluster-changed': {
      room: 'cluster',
      payload: ClusterState,
      delivery: 'latest',
      example: {
        shopUrl: 'http://127.0.0.1:3000',
        nodes: [{ name: 'node-1', status: 'up', connections: 4, rooms: 6 }],
        redis: 'up',
        counters: { published: 40, watchers: 12, delivered: 79, onTheWay: 1, lost: 0, twice: 0 },
        happenings: [{ id: 1, at: '2026-05-04T18:30:00.000Z', text: 'node-1 is up' }],
      },
    },
  },
  // There are no users here: whoever reaches this machine's loopback may do everything.
  actions: {
    kill: {
      input: v.object({ name: v.string() }),
      output: v.object({}),
      errors: ['NOT_RUNNING'],
      guests: true,
    },
  },
});

export type ClusterState = v.InferOutput<typeof ClusterState>;
export type ClusterCounters = ClusterState['counters'];
export type ProcessStatus = v.InferOutput<typeof status>;
