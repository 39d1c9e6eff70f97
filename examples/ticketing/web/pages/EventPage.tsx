import { useQuery } from '@tanstack/react-query';
import { Comments } from '../event/Comments.tsx';
import { EventHero } from '../event/EventHero.tsx';
import { Feed } from '../event/Feed.tsx';
import { useEventWebSocket } from '../live/realtimeHooks.ts';
import { SeatPicker } from '../seats/SeatPicker.tsx';
import { useSeats } from '../seats/useSeats.ts';
import { useSession } from '../session/useSession.ts';
import { RequestError } from '../shop-api/requestError.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { useTitle } from '../ui/useTitle.ts';
import { NotFoundPage } from './NotFoundPage.tsx';
import './event.css';

/** One event: its seats, what happens to them, and what people say. */
export function EventPage({ eventId }: { eventId: string }) {
  useEventWebSocket(eventId);
  const { queries } = useSession();
  const event = useQuery(queries.event(eventId));
  const seats = useSeats(eventId);
  const messages = useQuery(queries.eventMessages(eventId));
  useTitle(event.data?.title);
  if (event.error instanceof RequestError && event.error.code === 'EVENT_NOT_FOUND') {
    return <NotFoundPage />;
  }
  return (
    <>
      <Loaded query={event} label="event">
        {(details) => <EventHero event={details} />}
      </Loaded>
      <div className="event-columns">
        <section className="panel event-seats" aria-labelledby="seats-heading">
          <h2 id="seats-heading">Choose your seat</h2>
          <Loaded query={seats} label="seats">
            {({ tickets }) => (
              <SeatPicker eventId={eventId} tickets={tickets} hue={event.data?.hue} />
            )}
          </Loaded>
        </section>
        <section className="panel event-feed" aria-labelledby="feed-heading">
          <h2 id="feed-heading">Happening now</h2>
          <Loaded query={seats} label="activity" isToldElsewhere>
            {({ activity }) => <Feed activity={activity} />}
          </Loaded>
        </section>
        <section className="panel event-comments" aria-labelledby="comments-heading">
          <h2 id="comments-heading">Comments</h2>
          <Loaded query={messages} label="comments">
            {(list) => <Comments eventId={eventId} messages={list} />}
          </Loaded>
        </section>
      </div>
    </>
  );
}
