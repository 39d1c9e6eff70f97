import type { Ticket } from '../../shared/ticket.ts';
import { useSession } from '../session/useSession.ts';
import { type SeatState, seatState } from './seatState.ts';

/** How full the hall is, in words and as a bar. */
export function SeatCount({ tickets }: { tickets: readonly Ticket[] }) {
  const { user } = useSession();
  const count = (state: SeatState) =>
    tickets.filter((ticket) => seatState(ticket, user?.id) === state).length;
  const [free, mine] = [count('free'), count('mine')];
  const taken = 1 - free / Math.max(1, tickets.length);
  return (
    <div className="seat-count">
      <p>
        <b>{free}</b> of {tickets.length} seats free
        {mine > 0 && (
          <>
            , <b>{mine}</b> yours
          </>
        )}
      </p>
      <div className="seat-count-bar" aria-hidden="true">
        <span style={{ transform: `scaleX(${taken})` }} />
      </div>
    </div>
  );
}
