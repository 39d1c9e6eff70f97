import type { RoomEntry } from './roomEntry.ts';
import type { RoomSubscription } from './roomSubscription.ts';
import { whenJoined } from './whenJoined.ts';

/** @param onRelease - called once */
export function createRoomSubscription(entry: RoomEntry, onRelease: () => void): RoomSubscription {
  let isReleased = false;
  const subscription: RoomSubscription = {
    room: entry.room.name,
    get state() {
      return entry.room.state;
    },
    get position() {
      return entry.room.position;
    },
    watchState: (callback) => entry.watchers.add(callback),
    onRecovery: (callback) => entry.recoveries.add(callback),
    onPublication: (callback) =>
      entry.publications.add((publication) => callback(publication as never)),
    joined: ({ signal } = {}) => whenJoined(subscription, signal),
    release: () => {
      if (isReleased) return;
      isReleased = true;
      onRelease();
    },
  };
  return subscription;
}
