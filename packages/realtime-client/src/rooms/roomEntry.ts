import type { CancelTimer, ReportError } from '@roomcast/realtime-contract';
import type { OpenedPublication } from '../encryption/eventOpener.ts';
import { Subscribers } from '../subscribers.ts';
import type { Recovery } from './recovery.ts';
import type { Room, RoomState } from './room.ts';

/** A publication with the epoch in which its counter counts. */
type EpochPublication = OpenedPublication & { readonly epoch: string };

/** One room of a client, with who uses it and what is under way for it. */
export interface RoomEntry {
  readonly room: Room;
  readonly watchers: Subscribers<RoomState>;
  readonly recoveries: Subscribers<Recovery>;
  readonly publications: Subscribers<EpochPublication>;
  uses: number;
  /** Joined by the server for every session with a user, whether anybody here uses it or not. */
  isAutomatic: boolean;
  /** Whether a request for the room waits for its answer. */
  isAsked: boolean;
  cancelRelease: CancelTimer;
}

export function createRoomEntry(room: Room, report: ReportError): RoomEntry {
  return {
    room,
    watchers: new Subscribers('watchState', report),
    recoveries: new Subscribers('onRecovery', report),
    publications: new Subscribers('onPublication', report),
    ...{ uses: 0, isAutomatic: false, isAsked: false, cancelRelease: () => {} },
  };
}
