import {
  createRealtimeClient,
  followPresence,
  type RealtimeClient,
} from '@roomcast/realtime-client';
import type { TestServer } from '@roomcast/realtime-testing';
import { expect } from 'vitest';
import { eventually } from '../../eventually.ts';
import { type ParityContract, parityContract } from './parityContract.ts';

const room: ['event', { eventId: string }] = ['event', { eventId: '42' }];

/** Clients of others, who are present in the room of event 42. */
export class OtherClients {
  readonly #server: () => TestServer<ParityContract>;
  readonly #tokenOf: (user: string) => string;
  readonly #clients = new Map<string, RealtimeClient<ParityContract>>();

  constructor(server: () => TestServer<ParityContract>, tokenOf: (user: string) => string) {
    this.#server = server;
    this.#tokenOf = tokenOf;
  }

  /** Lets these users be there and no others, one after the other. */
  async set(users: readonly string[]): Promise<void> {
    for (const [user, client] of this.#clients) {
      if (users.includes(user)) continue;
      this.#clients.delete(user);
      await client.close();
      await this.#until(user, false);
    }
    for (const user of users) {
      if (this.#clients.has(user)) continue;
      const { url } = this.#server();
      const token = this.#tokenOf(user);
      const client = createRealtimeClient({ contract: parityContract, url, getToken: () => token });
      this.#clients.set(user, client);
      followPresence(client, room, { follow: 'none', data: { name: `I am ${user}` } });
      await this.#until(user, true);
    }
  }

  async #until(user: string, isThere: boolean): Promise<void> {
    await eventually(async () => {
      const { members } = await this.#server().manager.rooms.members(room);
      expect(members.some(({ userId }) => userId === user)).toBe(isThere);
    });
  }
}
