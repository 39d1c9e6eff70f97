import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import {
  type AesKey,
  type EncryptionKey,
  importKey,
  type KeyedRoom,
} from '@roomcast/realtime-contract/encryption';

/**
 * Gives the key of an id, null or undefined where there is none. It is asked once for each id of a
 * room, and again where it had none or failed.
 */
export type FindKey = (
  id: string,
  room: KeyedRoom,
) => EncryptionKey | null | undefined | Promise<EncryptionKey | null | undefined>;

export interface OpeningKeysOptions {
  readonly keys: FindKey;
  readonly timeoutMs: number;
  readonly maxKeys: number;
  readonly clock: Clock;
}

/** The keys that one client knows, the one used last at the end. */
export class OpeningKeys {
  readonly #options: OpeningKeysOptions;
  readonly #known = new Map<string, Promise<AesKey | null>>();

  constructor(options: OpeningKeysOptions) {
    this.#options = options;
  }

  /** @throws what `keys` throws, or that it took too long, or gave no key */
  find(id: string, room: KeyedRoom): Promise<AesKey | null> {
    const name = JSON.stringify([room.room, id]);
    const known = this.#known.get(name) ?? this.#ask(name, id, room);
    this.#known.delete(name);
    this.#known.set(name, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > this.#options.maxKeys && oldest) this.#known.delete(oldest);
    return known;
  }

  forget(): void {
    this.#known.clear();
  }

  #ask(name: string, id: string, room: KeyedRoom): Promise<AesKey | null> {
    const asked = this.#inTime(this.#fetch(id, room));
    const drop = () => {
      if (this.#known.get(name) === asked) this.#known.delete(name);
    };
    asked.then((key) => key ?? drop(), drop);
    return asked;
  }

  async #fetch(id: string, room: KeyedRoom): Promise<AesKey | null> {
    const key = await this.#options.keys(id, room);
    return key ? importKey(key, 'decrypt') : null;
  }

  /** Nothing in the room goes on before, and who never answers must not hold it for good. */
  #inTime(answer: Promise<AesKey | null>): Promise<AesKey | null> {
    const { clock, timeoutMs } = this.#options;
    return new Promise((resolve, reject) => {
      const cancelTimer = clock.schedule(() => {
        const message = `Expected \`keys\` to answer within ${timeoutMs} ms.`;
        reject(new RoomcastError('INVALID_CONFIG', message));
      }, timeoutMs);
      answer.then(resolve, reject).finally(cancelTimer);
    });
  }
}
