import type { RealtimeClient, RoomSubscription } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import type { RoomTarget } from './roomTarget.ts';

/** What the hooks need of a use of a room. */
export type RoomUse = Omit<RoomSubscription, 'joined'>;

/**
 * Asks for a room. An id that no room can have is a refusal like one of the server's: ids come from
 * address bars, and a throw in an effect would take the whole page down.
 */
export function joinRoom(client: RealtimeClient<AnyContract>, [kind, params]: RoomTarget): RoomUse {
  try {
    return client.subscribe(kind, params);
  } catch (error) {
    return refused(kind, error instanceof Error ? error : new Error(String(error)));
  }
}

function refused(room: string, error: Error): RoomUse {
  const never = () => () => {};
  return {
    room,
    state: { status: 'refused', error },
    position: null,
    ...{ watchState: never, onRecovery: never, onPublication: never },
    release: () => {},
  };
}
