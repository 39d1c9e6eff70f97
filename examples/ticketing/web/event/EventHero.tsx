import type { EventDetails } from '../../shared/event.ts';
import { Poster } from '../ui/Poster.tsx';
import { EventFacts } from './EventFacts.tsx';
import { Onlookers } from './Onlookers.tsx';

/** The top of an event's page. */
export function EventHero({ event }: { event: EventDetails }) {
  return (
    <div className="hero">
      <Poster genre={event.genre} hue={event.hue} />
      <div className="hero-text">
        <p className="eyebrow">{event.genre}</p>
        <h1>{event.title}</h1>
        <p className="lead">{event.tagline}</p>
        <EventFacts event={event} />
        <Onlookers eventId={event.id} />
        <p className="hero-description">{event.description}</p>
      </div>
    </div>
  );
}
