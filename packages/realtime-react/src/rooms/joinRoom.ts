import type { RealtimeClient, RoomSubscription } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';

/** A room by its kind and parameters. */
export type RoomTarget = readonly [kind: string, params: Readonly<Record<string, string>>];

/** What the hooks need of a use of a room. */
export type RoomUse = Pick<RoomSubscription, 'state' | 'position' | 'watchState' | 'release'>;

/**
 * Asks for a room. An id that no room can have is a refusal like one of the server's: ids come from
 * address bars, and a throw in an effect would take the whole page down.
 */
export function joinRoom(client: RealtimeClient<AnyContract>, [kind, params]: RoomTarget): RoomUse {
  try {
    return client.subscribe(kind, params);
  } catch (error) {
    return refused(error instanceof Error ? error : new Error(String(error)));
  }
}

function refused(error: Error): RoomUse {
  return {
    state: { status: 'refused', error },
    position: null,
    watchState: () => () => {},
    release: () => {},
  };
}
