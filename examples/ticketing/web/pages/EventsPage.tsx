import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { EventSummary } from '../../shared/event.ts';
import { EventCard } from '../event/EventCard.tsx';
import { HouseFeed } from '../event/HouseFeed.tsx';
import { useLiveProgramme } from '../live/useLiveProgramme.ts';
import { useSession } from '../session/useSession.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { useTitle } from '../ui/useTitle.ts';
import './events.css';

/** The programme. */
export function EventsPage() {
  useTitle(undefined);
  const { queries } = useSession();
  const events = useQuery(queries.events());
  return (
    <>
      <div className="intro">
        <h1>Seats worth leaving the house for</h1>
        <p className="lead">Pick a seat and watch the room fill up, live.</p>
      </div>
      <div className="programme">
        <div>
          <Loaded query={events} label="events" skeleton={<Skeleton />}>
            {(list) => (list.length > 0 ? <EventGrid events={list} /> : <NoEvents />)}
          </Loaded>
        </div>
        <HouseFeed />
      </div>
    </>
  );
}

function EventGrid({ events }: { events: readonly EventSummary[] }) {
  useLiveProgramme(events);
  return (
    <ul className="event-grid">
      {events.map((event) => (
        <li key={event.id}>
          <EventCard event={event} />
        </li>
      ))}
    </ul>
  );
}

function NoEvents() {
  return (
    <div className="empty">
      <h2>Nothing is on at the moment</h2>
      <p>The next programme comes soon. Meanwhile, see what you have.</p>
      <Link href="/tickets" className="button button-quiet">
        My tickets
      </Link>
    </div>
  );
}

function Skeleton() {
  return (
    <div className="event-grid">
      {['a', 'b', 'c'].map((key) => (
        <div key={key} className="skeleton skeleton-card" />
      ))}
    </div>
  );
}
