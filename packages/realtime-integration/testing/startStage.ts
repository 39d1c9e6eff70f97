import { createMemoryBroker } from '@roomcast/realtime-broker';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { purchase } from '../client/openClient.ts';

/** A server whose history is short, and Alice in the room of an event. */
export interface Stage extends AsyncDisposable {
  readonly server: TestServer<EventContract>;
  /** Waits for a tenth of a second where nothing else is said. */
  readonly alice: WebSocketTester<EventContract>;
  publish(ticketId: string): Promise<unknown>;
}

/** How many publications of a room the server of a stage keeps. */
const maxPublications = 3;

export async function startStage(options: TestServerOptions<EventContract> = {}): Promise<Stage> {
  const broker = createMemoryBroker({ history: { maxPublications } });
  const server = await startTestServer(eventContract, { broker, ...options });
  const alice = new WebSocketTester(server, { timeoutMs: 100 });
  await alice.connect('alice');
  await alice.join('event', { eventId: '42' });
  return {
    ...{ server, alice },
    publish: (ticketId) =>
      server.manager.broadcastToEvent('42', 'ticket-purchased', purchase(ticketId)),
    async [Symbol.asyncDispose]() {
      await alice.disconnect();
      await server.close();
    },
  };
}
