import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { OwnedTicket, Wallet } from '../../shared/wallet.ts';
import { formatDate } from '../format/formatDate.ts';
import { useLiveTickets } from '../live/useLiveTickets.ts';
import { GiveButton } from '../seats/GiveButton.tsx';
import { loginPath } from '../session/loginPath.ts';
import { useSession } from '../session/useSession.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { useTitle } from '../ui/useTitle.ts';
import './myTickets.css';

/** The tickets of the one who is logged in. */
export function MyTicketsPage() {
  useTitle('My tickets');
  const { user, queries } = useSession();
  const wallet = useQuery({ ...queries.wallet(), enabled: user !== null });
  return (
    <>
      <h1>My tickets</h1>
      {user ? (
        <Loaded query={wallet} label="tickets">
          {({ tickets }) => (tickets.length > 0 ? <TicketList tickets={tickets} /> : <NoTickets />)}
        </Loaded>
      ) : (
        <div className="empty">
          <h2>Whose tickets?</h2>
          <p>Log in to see what you have.</p>
          <Link href={loginPath('/tickets')} className="button">
            Log in
          </Link>
        </div>
      )}
    </>
  );
}

function TicketList({ tickets }: { tickets: Wallet['tickets'] }) {
  useLiveTickets(tickets);
  return (
    <ul className="stubs">
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Stub ticket={ticket} />
        </li>
      ))}
    </ul>
  );
}

function Stub({ ticket }: { ticket: OwnedTicket }) {
  const { event, seat } = ticket;
  return (
    <article className="stub" style={{ '--hue': event.hue } as React.CSSProperties}>
      <p className="stub-seat">
        <span className="visually-hidden">Seat </span>
        {seat}
      </p>
      <div className="stub-body">
        <h2>
          <Link href={`/events/${event.id}`}>{event.title}</Link>
        </h2>
        <p className="muted">
          <time dateTime={event.startsAt}>{formatDate(event.startsAt, 'short')}</time>,{' '}
          {event.venue.name}
        </p>
      </div>
      <GiveButton ticketId={ticket.id} seat={seat} eventId={event.id} />
    </article>
  );
}

function NoTickets() {
  return (
    <div className="empty">
      <h2>No tickets yet</h2>
      <p>They appear here the moment you buy one, or somebody gives you one.</p>
      <Link href="/" className="button">
        See all events
      </Link>
    </div>
  );
}
