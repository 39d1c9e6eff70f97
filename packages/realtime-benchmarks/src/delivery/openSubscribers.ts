import { openRawClient } from '../load/rawClient.ts';
import { runClients } from '../load/runClients.ts';
import type { WebSocketConnection } from '../load/webSocketConnection.ts';
import type { ContractName } from '../peers/contracts.ts';
import { now } from '../peers/now.ts';
import { createWorkload, type WorkloadOptions } from '../peers/workload.ts';
import type { Contender } from './contender.ts';
import { checkPayloads, countMessages, countOffsets } from './countPublications.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';
import { type Subscription, subscribe } from './subscription.ts';

export interface OpenSubscribersOptions
  extends Pick<Contender, 'client' | 'counts'>,
    WorkloadOptions {
  readonly port: number;
  readonly contract: ContractName;
  /** Every so many subscribers one reads and checks all that it gets; the others count. */
  readonly sampleEvery: number;
  readonly timeoutMs: number;
}

/** What subscribers got so far, all together. */
export interface Totals {
  readonly publications: number;
  readonly messages: number;
  /** On the wire, headers of WebSocket included. */
  readonly bytes: number;
}

export interface Subscribers {
  /** How messages come: as text, or what was agreed. */
  readonly agreed: string;
  totals(): Totals;
  /** The publications of who has the fewest, and of who has the most. */
  range(): readonly [least: number, most: number];
  /** @throws where one got what it should not have, or was cut off */
  check(): void;
  close(): void;
}

const concurrency = 100;

/**
 * Connects and subscribes one client for each token.
 *
 * @param onLatency - is told how many milliseconds a publication took to a subscriber that reads, and
 * how much later than due it was published
 */
export async function openSubscribers(
  tokens: readonly string[],
  options: OpenSubscribersOptions,
  onLatency: (ms: number, lateMs: number) => void,
): Promise<Subscribers> {
  const { client: kind, counts, contract, eventId, port, sampleEvery, timeoutMs } = options;
  const workload = createWorkload(options);
  const rooms = [`event-${eventId}`];
  const subscriptions = tokens.map((token) => subscribe(kind, { token, rooms, contract }));
  const clients: WebSocketConnection[] = [];
  const subscribers: Subscriber[] = [];

  const counter = () => (counts === 'offsets' ? countOffsets(workload.event) : countMessages);

  function reader(client: WebSocketConnection, { read }: Subscription) {
    return checkPayloads(
      workload,
      (...frame) => read(client.readMessage(...frame)),
      (sentAtMs, lateMs) => onLatency(now() - sentAtMs, lateMs),
    );
  }

  function listen(client: WebSocketConnection, subscription: Subscription, isSample: boolean) {
    const subscriber = createSubscriber(isSample ? reader(client, subscription) : counter());
    clients.push(client);
    subscribers.push(subscriber);
    return subscriber.onFrame;
  }

  await runClients({ concurrency, timeoutMs }, subscriptions, (subscription, index) =>
    openRawClient({ ...subscription, port }, subscription.dialogue, (client) =>
      listen(client, subscription, index % sampleEvery === 0),
    ),
  );
  return {
    agreed: subscriptions[0]?.agreed() ?? 'text',
    totals: () => ({
      publications: sum(subscribers.map(({ publications }) => publications)),
      messages: sum(subscribers.map(({ messages }) => messages)),
      bytes: sum(clients.map(({ bytesRead }) => bytesRead)),
    }),
    range() {
      const publications = subscribers.map((subscriber) => subscriber.publications);
      return [Math.min(...publications), Math.max(...publications)];
    },
    check() {
      const failed = subscribers.find(({ failure }) => failure !== null);
      if (failed) throw failed.failure;
      if (clients.some(({ isOpen }) => !isOpen)) throw new Error('A subscriber was cut off.');
    },
    close() {
      for (const client of clients) client.terminate();
    },
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
