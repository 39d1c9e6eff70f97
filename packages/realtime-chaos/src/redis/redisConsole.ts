import { createClient } from 'redis';
import type { SeededRandom } from '../random/seededRandom.ts';

/** An operator at the console of a Redis that may be gone. */
export class RedisConsole implements AsyncDisposable {
  readonly #client;

  constructor(url: string) {
    this.#client = createClient({ url, disableOfflineQueue: true });
    this.#client.on('error', () => {});
    this.#client.connect().catch(() => {});
  }

  /** Cuts the connection of one client, whichever it is; nobody where there is no Redis. */
  async killClient(random: SeededRandom): Promise<void> {
    await this.#whenThere(async (client) => {
      const own = await client.clientId();
      const others = (await client.clientList()).filter(({ id }) => id !== own);
      const victim = others[random.integer(0, Math.max(0, others.length - 1))];
      if (victim) await client.sendCommand(['CLIENT', 'KILL', 'ID', `${victim.id}`]);
    });
  }

  /** Writes everything to disk, while others go on. */
  async snapshot(): Promise<void> {
    await this.#whenThere(async (client) => {
      await client.sendCommand(['BGSAVE']);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#client.destroy();
  }

  async #whenThere(use: (client: ReturnType<typeof createClient>) => Promise<void>): Promise<void> {
    try {
      await use(this.#client as ReturnType<typeof createClient>);
    } catch {
      // It was gone a moment ago, and is about to come back.
    }
  }
}
