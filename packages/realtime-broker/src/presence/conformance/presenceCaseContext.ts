import { AssertionError } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PresenceStore } from '../presenceStore.ts';
import { RecordingWatcher } from './recordingWatcher.ts';

/** How somebody enters, where it matters. */
interface Entering {
  readonly data?: unknown;
  readonly holder?: string;
  readonly store?: PresenceStore;
}

interface Watching {
  readonly watcher: RecordingWatcher;
  readonly stop: () => void;
}

/** What one case works with: a store of its own, and rooms that nobody else has. */
export class PresenceCaseContext {
  readonly store: PresenceStore;
  /** Opens a further store on the same data, as another process does. */
  readonly openAnother: () => Promise<PresenceStore>;
  readonly #timeoutMs: number;

  constructor(store: PresenceStore, openAnother: () => Promise<PresenceStore>, timeoutMs: number) {
    this.store = store;
    this.openAnother = openAnother;
    this.#timeoutMs = timeoutMs;
  }

  /** Unused by every run, since what a store holds may outlive it. */
  newRoom(): string {
    return `room ${randomUUID()}`;
  }

  /** @param id - also the beginning of the user's name, and of the holder where none is given */
  async enter(
    room: string,
    id: string,
    { data = 0, holder = `holder of ${id}`, store = this.store }: Entering = {},
  ): Promise<void> {
    await store.enter(room, { id, userId: `user ${id}`, data }, holder);
  }

  async leave(
    room: string,
    id: string,
    { holder = `holder of ${id}`, store = this.store }: Omit<Entering, 'data'> = {},
  ): Promise<void> {
    await store.leave(room, id, holder);
  }

  watch(room: string, store: PresenceStore = this.store): Watching {
    const watcher = new RecordingWatcher();
    return { watcher, stop: store.watch(room, watcher) };
  }

  /** Waits until a room is as expected: `a: 1` for a member `a` with the data 1, then the count. */
  async expectRoom(
    room: string,
    expected: readonly string[],
    store: PresenceStore = this.store,
  ): Promise<void> {
    await this.#expect(expected, async () => {
      const { members, count } = await store.read(room);
      return [...members.map(({ id, data }) => `${id}: ${JSON.stringify(data)}`), `${count}`];
    });
  }

  /** Waits until a watcher knows a room to be as expected. */
  async expectWatched(watcher: RecordingWatcher, expected: readonly string[]): Promise<void> {
    await this.#expect(expected, async () => watcher.seen);
  }

  async #expect(expected: unknown, look: () => Promise<unknown>): Promise<void> {
    const endMs = Date.now() + this.#timeoutMs;
    for (;;) {
      const actual = await look();
      if (isDeepStrictEqual(actual, expected)) return;
      if (Date.now() > endMs) {
        const message = `Expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}.`;
        throw new AssertionError({ message, actual, expected });
      }
      await setTimeout(5);
    }
  }
}
