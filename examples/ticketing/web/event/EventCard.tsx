import { Link } from 'wouter';
import type { EventSummary } from '../../shared/event.ts';
import { formatDate } from '../format/formatDate.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { Poster } from '../ui/Poster.tsx';
import { availability } from './availability.ts';

/** One event of the programme. */
export function EventCard({ event }: { event: EventSummary }) {
  const { text, isScarce } = availability(event.seats.free);
  const isMoved = event.announcedWith.startsAt !== null || event.announcedWith.venue !== null;
  return (
    <Link href={`/events/${event.id}`} className="event-card">
      <Poster genre={event.genre} hue={event.hue} />
      <div className="event-card-body">
        <p className="eyebrow">
          {event.genre} · {event.venue.city}
        </p>
        <h2>{event.title}</h2>
        <p className="event-card-tagline">{event.tagline}</p>
        <p className="muted">
          <time dateTime={event.startsAt}>{formatDate(event.startsAt, 'short')}</time>,{' '}
          {event.venue.name}
          {isMoved && (
            <>
              {' '}
              <span className="tag">changed</span>
            </>
          )}
        </p>
      </div>
      <p className="event-card-foot">
        <span data-scarce={isScarce || undefined}>{text}</span>
        {event.priceFrom !== null && <strong>from {formatPrice(event.priceFrom)}</strong>}
      </p>
    </Link>
  );
}
