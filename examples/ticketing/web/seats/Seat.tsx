import type { CSSProperties } from 'react';
import type { Ticket } from '../../shared/ticket.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { useSession } from '../session/useSession.ts';
import { type SeatState, seatState } from './seatState.ts';
import { useJustChanged } from './useJustChanged.ts';

interface SeatProps {
  readonly ticket: Ticket;
  /** Where it is in its row: from -1 on the left to 1 on the right. */
  readonly x: number;
  /** Which of the prices it has, counted from the front. */
  readonly band: number;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onSelect: () => void;
}

const marks: Record<SeatState, string | null> = { free: null, mine: '✓', sold: '×' };

/** One seat. A sold one can be chosen too: the bar below tells who has it. */
export function Seat(props: SeatProps) {
  const { ticket, x, band, isSelected, isTabStop, onFocus, onSelect } = props;
  const { user } = useSession();
  const state = seatState(ticket, user?.id);
  const isJustChanged = useJustChanged(ticket.changedAt);
  const description = describe(ticket, state, isJustChanged);
  return (
    <button
      type="button"
      className="seat"
      style={{ '--x': x } as CSSProperties}
      data-seat={ticket.seat}
      data-state={state}
      data-band={band}
      data-changed={isJustChanged || undefined}
      aria-pressed={isSelected}
      aria-label={`Row ${ticket.row}, seat ${ticket.number}, ${description}`}
      title={`${ticket.seat}, ${description}`}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onClick={onSelect}
    >
      {marks[state] ?? ticket.number}
    </button>
  );
}

function describe({ price }: Ticket, state: SeatState, isJustChanged: boolean): string {
  if (state === 'free') return `free, ${formatPrice(price)}`;
  const text = state === 'mine' ? 'yours' : 'sold';
  return isJustChanged ? `${text} just now` : text;
}
