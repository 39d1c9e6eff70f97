import { type CancelTimer, readPresence } from '@roomcast/realtime-contract';
import { createIdempotencyKey } from '../actions/createIdempotencyKey.ts';
import type { RealtimeClient } from '../realtimeClient.ts';
import type { RoomSubscription } from '../rooms/roomSubscription.ts';
import { type PresenceWish, PresentRoom, type PresentRoomOptions } from './presentRoom.ts';
import type { RoomPresence, RoomPresenceOptions } from './roomPresence.ts';

/** How long presence is kept after its last use: a remount must not leave and enter again. */
const releaseDelayMs = 1_000;

interface Presence {
  readonly name: string;
  readonly room: PresentRoom;
  /** The wish of the last use, which was released a moment ago; null while there are others. */
  last: PresenceWish | null;
  cancelRelease: CancelTimer;
}

/** The rooms in which a client is present, or sees who is. */
export class Presences {
  readonly #options: Omit<PresentRoomOptions, 'subscription' | 'key'>;
  readonly #rooms = new Map<string, Presence>();
  readonly #key = createIdempotencyKey();

  constructor(client: Pick<RealtimeClient, 'ports' | 'watchState'>) {
    const { clock, report, presence } = client.ports;
    this.#options = { clock, report, ask: (...asked) => presence.ask(...asked) };
    presence.onFrame((frame) => this.#rooms.get(frame.room)?.room.receive(readPresence(frame)));
    client.watchState((state) => {
      if (state.status === 'closed' && state.reason === 'closed') this.#clear();
    });
  }

  /** @param subscription - a use of the room, which this takes over */
  use(subscription: RoomSubscription, options: RoomPresenceOptions): RoomPresence {
    const { room: name } = subscription;
    const known = this.#rooms.get(name);
    // One use of the room is enough for all of its presence.
    if (known) subscription.release();
    const presence = known ?? this.#open(subscription);
    const { room } = presence;
    const member = 'data' in options ? { data: options.data } : null;
    const wish: PresenceWish = { follow: options.follow ?? 'members', member };
    presence.cancelRelease();
    if (presence.last) room.wishes.delete(presence.last);
    presence.last = null;
    room.wishes.add(wish);
    room.sync();
    let isReleased = false;
    return {
      room: name,
      get view() {
        return room.view;
      },
      watchView: (callback) => room.watchers.add(callback),
      enter(data) {
        if (isReleased) return;
        wish.member = { data };
        // To the end: the last one counts.
        room.wishes.delete(wish);
        room.wishes.add(wish);
        room.sync();
      },
      leave() {
        if (isReleased) return;
        wish.member = null;
        room.sync();
      },
      release: () => {
        if (isReleased) return;
        isReleased = true;
        this.#release(presence, wish);
      },
    };
  }

  /** Forgets all rooms. */
  #clear(): void {
    for (const { room, cancelRelease } of this.#rooms.values()) {
      room.end();
      cancelRelease();
    }
    this.#rooms.clear();
  }

  #open(subscription: RoomSubscription): Presence {
    const room = new PresentRoom({ ...this.#options, subscription, key: this.#key });
    const presence = { name: subscription.room, room, last: null, cancelRelease: () => {} };
    this.#rooms.set(presence.name, presence);
    return presence;
  }

  #release(presence: Presence, wish: PresenceWish): void {
    const { name, room } = presence;
    if (room.wishes.size > 1) {
      room.wishes.delete(wish);
      room.sync();
      return;
    }
    presence.last = wish;
    presence.cancelRelease = this.#options.clock.schedule(() => {
      if (this.#rooms.get(name) === presence) this.#rooms.delete(name);
      room.close();
    }, releaseDelayMs);
  }
}
