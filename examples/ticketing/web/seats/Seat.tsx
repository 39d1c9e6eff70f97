import type { Ticket } from '../../shared/ticket.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { useSession } from '../session/useSession.ts';
import { type SeatState, seatState } from './seatState.ts';

interface SeatProps {
  readonly ticket: Ticket;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
}

const marks: Record<SeatState, string | null> = { free: null, mine: '✓', sold: '×' };

/** One seat. A sold one can be chosen too: the bar below tells who has it. */
export function Seat({ ticket, isSelected, isTabStop, onFocus, onSelect }: SeatProps) {
  const { user } = useSession();
  const state = seatState(ticket, user?.id);
  return (
    <button
      type="button"
      className="seat"
      data-seat={ticket.seat}
      data-state={state}
      aria-pressed={isSelected}
      aria-label={`Row ${ticket.row}, seat ${ticket.number}, ${describe(ticket, state)}`}
      title={`${ticket.seat}, ${describe(ticket, state)}`}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onSelect}
    >
      {marks[state] ?? ticket.number}
    </button>
  );
}

function describe(ticket: Ticket, state: SeatState): string {
  if (state === 'mine') return 'yours';
  if (state === 'sold') return 'sold';
  return `free, ${formatPrice(ticket.price)}`;
}
