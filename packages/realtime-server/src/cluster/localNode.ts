import type { Revocation } from '../session/revocation.ts';
import type { SessionControl } from '../session/sessionControl.ts';
import type { SessionRegistry } from '../session/sessionRegistry.ts';
import type { Membership } from '../socket-io/membership.ts';
import type { ControlCommand } from './controlCommand.ts';

/** What a cluster wants of the node that it is on. */
export interface LocalNode {
  connectionCount(): number;
  activeRooms(): readonly string[];
  /** Ends what another node has refused; nothing where that is known. */
  apply(revocation: Revocation): void;
  perform(command: ControlCommand): Promise<void> | void;
  /** Ends the session with this digest of its secret, if it is here and of that user. */
  endSuperseded(digest: string, userId: string | null): void;
  /** Judges all rights anew: nobody knows what was missed. */
  reauthoriseAll(): Promise<void>;
}

export interface LocalNodeHost {
  readonly sessions: SessionRegistry;
  readonly membership: Pick<Membership, 'rooms'>;
  readonly control: SessionControl;
}

export function createLocalNode({ sessions, membership, control }: LocalNodeHost): LocalNode {
  return {
    connectionCount: () => sessions.size,
    activeRooms: () => membership.rooms(),
    apply: (revocation) => control.apply(revocation),
    perform(command) {
      if (command.name === 'evict') return control.evictUser(command.room, command.userId);
      if (command.name === 'disconnect') return control.disconnectUser(command.userId);
      return control.reauthoriseUser(command.userId);
    },
    endSuperseded: (digest, userId) => sessions.findZombie(digest, userId)?.connection.terminate(),
    reauthoriseAll: () => control.reauthoriseAll(),
  };
}
