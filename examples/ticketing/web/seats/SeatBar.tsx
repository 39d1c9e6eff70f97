import { type ReactNode, useRef } from 'react';
import type { Ticket } from '../../shared/ticket.ts';
import { useSession } from '../session/useSession.ts';
import { useKeptFocus } from '../ui/useKeptFocus.ts';
import { BuyOffer } from './BuyOffer.tsx';
import { GiveButton } from './GiveButton.tsx';
import { seatState } from './seatState.ts';
import './seatBar.css';

interface SeatBarProps {
  readonly eventId: string;
  readonly ticket: Ticket | undefined;
}

/** What can be done with the chosen seat. It follows the seat: it may be sold while one thinks. */
export function SeatBar({ eventId, ticket }: SeatBarProps) {
  const { user } = useSession();
  const bar = useRef<HTMLElement>(null);
  const focusHandlers = useKeptFocus(bar, ticket ? seatState(ticket, user?.id) : 'none');
  return (
    <section
      ref={bar}
      className="seat-bar"
      aria-label="Chosen seat"
      aria-live="polite"
      data-open={ticket !== undefined || undefined}
      tabIndex={-1}
      {...focusHandlers}
    >
      {ticket ? (
        <>
          <p className="seat-bar-seat">
            <span className="seat-bar-label">{ticket.seat}</span>
            <span className="muted">
              Row {ticket.row}, seat {ticket.number}
            </span>
          </p>
          <Offer eventId={eventId} ticket={ticket} />
        </>
      ) : (
        <p className="muted">Choose a seat to see what it costs.</p>
      )}
    </section>
  );
}

function Offer({ eventId, ticket }: { eventId: string; ticket: Ticket }): ReactNode {
  const { user } = useSession();
  switch (seatState(ticket, user?.id)) {
    case 'free':
      return <BuyOffer eventId={eventId} ticket={ticket} />;
    case 'mine':
      return (
        <div className="seat-bar-offer">
          <p>This seat is yours.</p>
          <GiveButton ticketId={ticket.id} seat={ticket.seat} eventId={eventId} />
        </div>
      );
    case 'sold':
      return (
        <div className="seat-bar-offer">
          <p>Taken by {ticket.owner?.name}.</p>
        </div>
      );
  }
}
