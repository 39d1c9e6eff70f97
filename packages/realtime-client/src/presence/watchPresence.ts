import type { AnyContract } from '@roomcast/realtime-contract';
import type { RealtimeClient } from '../realtimeClient.ts';
import { followPresence } from './followPresence.ts';
import { type PresenceView, unknownPresence } from './presenceView.ts';
import type { RoomPresence, RoomPresenceOptions } from './roomPresence.ts';

/** The presence in a room in the shape that React's `useSyncExternalStore` reads. */
export interface PresenceViewStore {
  subscribe(onChange: () => void): () => void;
  getView(): PresenceView;
  /** Is present with this, or is not where it is undefined. */
  set(data: unknown): void;
}

/** Creates the store of one room, or of none at all. Nothing is asked for before somebody subscribes. */
export function watchPresence(
  client: RealtimeClient<AnyContract>,
  target: readonly [kind: string, params: Readonly<Record<string, string>>] | null,
  { follow = 'members' }: Pick<RoomPresenceOptions, 'follow'> = {},
): PresenceViewStore {
  let presence: RoomPresence | null = null;
  let refused = unknownPresence;
  return {
    subscribe(onChange) {
      if (!target) return () => {};
      try {
        presence = followPresence(client, [...target], { follow });
      } catch (thrown) {
        // As for a room: ids come from address bars.
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        refused = { ...unknownPresence, status: 'refused', error };
        return () => {};
      }
      const { watchView, release } = presence;
      const stop = watchView(onChange);
      return () => {
        presence = null;
        stop();
        release();
      };
    },
    getView: () => presence?.view ?? refused,
    set(data) {
      if (data === undefined) presence?.leave();
      else presence?.enter(data);
    },
  };
}
