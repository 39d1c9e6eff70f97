import type { EventDetails } from '../../shared/event.ts';
import { formatDate } from '../format/formatDate.ts';
import { Poster } from '../ui/Poster.tsx';

/** The top of an event's page. */
export function EventHero({ event }: { event: EventDetails }) {
  return (
    <div className="hero">
      <Poster genre={event.genre} hue={event.hue} />
      <div className="hero-text">
        <p className="eyebrow">{event.genre}</p>
        <h1>{event.title}</h1>
        <p className="lead">{event.tagline}</p>
        <p className="hero-facts">
          <time dateTime={event.startsAt}>{formatDate(event.startsAt)}</time>
          <span>
            {event.venue.name}, {event.venue.city}
          </span>
        </p>
        <p className="hero-description">{event.description}</p>
      </div>
    </div>
  );
}
