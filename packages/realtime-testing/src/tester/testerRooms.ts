import type { RealtimeClient, RoomSubscription } from '@roomcast/realtime-client';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import { leaveRoom } from './leaveRoom.ts';
import { nothingWithin } from './nothingWithin.ts';
import { whenState } from './whenState.ts';

/** The rooms that a tester has joined, until it leaves them. */
export class TesterRooms<C extends AnyContract> {
  readonly #timeoutMs: number;
  readonly #uses = new Map<string, readonly RoomSubscription<unknown>[]>();

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** See `WebSocketTester.join`. */
  async join<Kind extends RoomKind<C>>(
    client: RealtimeClient<C>,
    ...target: RoomArgs<C, Kind>
  ): Promise<void> {
    const subscription = client.subscribe<Kind>(...target);
    const { room } = subscription;
    try {
      await this.#whenLetIn(client, subscription);
    } catch (error) {
      // Given up, so that a test may ask again, and nobody is let in behind its back.
      subscription.release();
      throw error;
    }
    this.#uses.set(room, [...(this.#uses.get(room) ?? []), subscription]);
  }

  /** See `WebSocketTester.leave`. */
  async leave(client: RealtimeClient<C>, room: string): Promise<void> {
    const uses = this.#uses.get(room);
    if (!uses) return;
    const release = () => {
      for (const use of uses) use.release();
    };
    await leaveRoom(client, room, { uses: uses.length, release, timeoutMs: this.#timeoutMs });
    this.#uses.delete(room);
  }

  clear(): void {
    this.#uses.clear();
  }

  async #whenLetIn(
    client: RealtimeClient<C>,
    subscription: RoomSubscription<unknown>,
  ): Promise<void> {
    const timeoutMs = this.#timeoutMs;
    const what = `answer about the room "${subscription.room}"`;
    await whenState(subscription, ({ status }) => status !== 'joining', {
      timeoutMs,
      failure: () => nothingWithin(what, timeoutMs, client.state),
    });
    if (subscription.state.status === 'refused') throw subscription.state.error;
  }
}
