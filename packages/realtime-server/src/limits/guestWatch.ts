import { type AnyContract, type Clock, RoomcastError } from '@roomcast/realtime-contract';
import { Deadlines } from '../session/deadlines.ts';
import type { Session } from '../session/session.ts';
import type { SessionControl } from '../session/sessionControl.ts';

export interface GuestWatchHost {
  readonly contract: AnyContract;
  readonly control: Pick<SessionControl, 'end'>;
  readonly clock: Clock;
  /** How long a guest may be in no room, in milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Ends guests that have come to no room in time: they have no token, and want nothing that is public.
 * Where the contract has an action for guests, they may be there for that.
 *
 * @returns begins to watch a session
 */
export function createGuestWatch({
  contract,
  control,
  clock,
  timeoutMs,
}: GuestWatchHost): (session: Session) => void {
  if (Object.values(contract.actions).some(({ guests }) => guests)) return () => {};
  const deadlines = new Deadlines(clock);
  const reason = new RoomcastError(
    'AUTHENTICATION_TIMEOUT',
    `Neither a token nor a room came within ${timeoutMs} ms.`,
  );
  return (session: Session): void => {
    const expire = () => {
      const { connection, user, endedWith } = session;
      if (!connection.isOpen || user || endedWith !== null) return;
      if (connection.rooms().length === 0) control.end(session, reason);
    };
    deadlines.add({ expire }, clock.now() + timeoutMs);
  };
}
