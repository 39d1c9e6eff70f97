import type { Fanout } from '../fanout/fanout.ts';
import type { Session } from '../session/session.ts';

/** Ends a membership, once the member has been told what there was to tell. */
export function leaveRoom(fanout: Pick<Fanout, 'flush'>, session: Session, room: string): void {
  fanout.flush(room);
  session.connection.leave(room);
  session.lags.delete(room);
  session.contexts.delete(room);
}
