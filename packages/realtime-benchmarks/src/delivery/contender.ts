import type { ServerName } from '../peers/peer.ts';
import type { ListenOptions } from '../peers/peerServer.ts';
import type { ClientKind } from './subscription.ts';

/** One way to do the work that is measured. */
export interface Contender {
  /** Its name among the figures. */
  readonly name: string;
  /** Its name in the table. */
  readonly label: string;
  readonly server: ServerName;
  readonly client: ClientKind;
  /** What its server is told beside the secret. */
  readonly listen?: Omit<ListenOptions, 'secret'>;
  /**
   * How a subscriber counts that does not read what it gets: by messages, where each is one
   * publication, or by offsets, where a message may hold many.
   */
  readonly counts: 'messages' | 'offsets';
}
