import {
  startTestServer,
  type TestServer,
  type TestServerOptions,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

/** A server with two bystanders, who must notice nothing of what others do to it. */
export interface WitnessedClub extends AsyncDisposable {
  readonly server: TestServer<ClubContract>;
  readonly url: string;
  /**
   * Checks that the server is up, that both bystanders have kept their connections and receive what
   * is meant for them and nothing else, and which callbacks were reported to the application.
   */
  expectUnnoticed(...reported: readonly string[]): Promise<void>;
}

const room = 'witness';
const news = { text: 'still here' };

/** Starts a server with a stock client and one of ours, both guests, in a public room. */
export async function startWitnessedClub(
  options: Partial<TestServerOptions<ClubContract>> = {},
): Promise<WitnessedClub> {
  const server = await startTestServer(clubContract, options);
  const stock = await connectPlain(server.url);
  await stock.ask('join-event', room);
  const ours = new WebSocketTester<ClubContract>(server);
  await ours.connect();
  await ours.join('event', { eventId: room });
  const { id } = stock.socket;
  const { state } = ours.client;

  return {
    ...{ server, url: server.url },
    async expectUnnoticed(...reported) {
      await server.manager.broadcastToEvent(room, 'said', news);
      expect(await ours.waitForEvent('said')).toEqual(news);
      await eventually(() => expect(stock.received('said')).toEqual([news]));
      expect(await stock.ask('ping')).toMatchObject({ ok: true });
      expect(stock.socket.id).toBe(id);
      expect(ours.client.state).toBe(state);
      const sources = new Set(server.errors.map(({ source }) => source));
      expect([...sources].sort()).toEqual([...reported].sort());
    },
    async [Symbol.asyncDispose]() {
      stock[Symbol.dispose]();
      await ours.disconnect();
      await server.close();
    },
  };
}
