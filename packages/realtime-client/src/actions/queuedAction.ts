import type { CancelTimer } from '@roomcast/realtime-contract';
import type { Outcome, Request } from './actionCalls.ts';

/** An action that waits, for a connection or for its answer. */
export interface QueuedAction {
  readonly request: Request;
  readonly outcome: Outcome<unknown>;
  readonly calledAtMs: number;
  /** Who called it: null for a guest, undefined before the first welcome has said. */
  user: string | null | undefined;
  /** When it may have reached the server for the first time; null while it cannot have. */
  sentAtMs: number | null;
  isOnItsWay: boolean;
  /** Ends the wait for a connection. */
  cancelTimer: CancelTimer;
}
