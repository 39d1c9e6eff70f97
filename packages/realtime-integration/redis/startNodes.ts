import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRedisBroker, type RedisBrokerOptions } from '@roomcast/realtime-redis';
import { startTestCluster, type TestCluster, WebSocketTester } from '@roomcast/realtime-testing';
import { purchase } from '../client/openClient.ts';
import { eventually } from '../eventually.ts';

export const room = ['event', { eventId: '42' }] as const;

/** How a node of a test finds Redis: quick to see a loss, and to come back. */
function quickBroker(options: RedisBrokerOptions) {
  return createRedisBroker({
    backoff: { minDelayMs: 5, maxDelayMs: 50 },
    ...{ probeIntervalMs: 50, probeTimeoutMs: 200 },
    ...options,
  });
}

export type Nodes = TestCluster<EventContract, 2>;

/** Two nodes with a connection to Redis each. */
export function startNodes(brokerOptions: (node: number) => RedisBrokerOptions): Promise<Nodes> {
  return startTestCluster(eventContract, {
    nodes: 2,
    broker: (node) => quickBroker(brokerOptions(node)),
  });
}

export async function joinAt(nodes: Nodes, node: 0 | 1, userId: string) {
  const tester = new WebSocketTester(nodes.nodes[node]);
  await tester.connect(userId);
  await tester.join(...room);
  return tester;
}

/** Publishes tickets on a node until each is taken, with a key so that none is there twice. */
export async function sell(nodes: Nodes, node: 0 | 1, tickets: readonly string[]): Promise<void> {
  const { manager } = nodes.nodes[node];
  const event = createBroadcaster(eventContract, manager).to('event', { eventId: '42' });
  for (const ticket of tickets) {
    await eventually(() =>
      event.emit('ticket-purchased', purchase(ticket), { idempotencyKey: ticket }),
    );
  }
}

export function tickets(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `t-${from + index}`);
}

/** All that a tester has heard, once the last of it is there. */
export async function heardUntil(tester: WebSocketTester<EventContract>, last: string) {
  const heard = () => tester.received('ticket-purchased').map(({ ticketId }) => ticketId);
  await eventually(() => {
    if (heard().at(-1) !== last) throw new Error(`Heard ${heard().join(', ')}.`);
  });
  return heard();
}

/** Why a tester was told that it missed something of the event. */
export function gapReasons(tester: WebSocketTester<EventContract>): string[] {
  return tester.recoveries.flatMap((one) =>
    one.room === 'event-42' && one.status === 'gap' ? [one.reason] : [],
  );
}
