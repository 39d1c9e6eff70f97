import type { RoomcastError } from '@roomcast/realtime-contract';

/** Why a connection is closed for good. */
export type CloseReason =
  /** `disconnect()` was called. */
  | 'disconnected'
  /** `close()` was called. */
  | 'closed'
  /** The server refused the handshake in a way that trying again cannot mend. */
  | 'refused'
  /** `maxAttempts` attempts in a row failed. */
  | 'gave-up';

/** Where a client's connection is. */
export type ConnectionState =
  | { readonly status: 'idle' }
  | { readonly status: 'connecting' }
  | {
      readonly status: 'connected';
      /** Names the session; a secret of this client. */
      readonly sessionId: string;
      /** Null for a guest. */
      readonly userId: string | null;
    }
  | {
      readonly status: 'reconnecting';
      /** 1 for the first attempt after the connection was lost or refused. */
      readonly attempt: number;
      /** When the next attempt begins, in milliseconds since the Unix epoch; null while it runs. */
      readonly retryAtMs: number | null;
      readonly error: RoomcastError;
    }
  | {
      readonly status: 'closed';
      readonly reason: CloseReason;
      readonly error: RoomcastError | null;
    };
