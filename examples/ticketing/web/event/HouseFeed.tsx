import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { HouseActivity } from '../../shared/ticket.ts';
import { useSession } from '../session/useSession.ts';
import { Loaded } from '../ui/Loaded.tsx';
import { useNow } from '../ui/useNow.ts';
import { FeedItem } from './FeedItem.tsx';
import './feed.css';

const tickMs = 20_000;

/** What happens in all events. */
export function HouseFeed() {
  const { queries } = useSession();
  const activity = useQuery(queries.activity());
  return (
    <section className="panel house-feed" aria-labelledby="house-feed-heading">
      <h2 id="house-feed-heading">Happening now</h2>
      <Loaded query={activity} label="activity">
        {(items) => <Items items={items} />}
      </Loaded>
    </section>
  );
}

function Items({ items }: { items: readonly HouseActivity[] }) {
  const [known] = useState(() => new Set(items.map(({ id }) => id)));
  const nowMs = useNow(tickMs);
  if (items.length === 0) return <p className="muted">Nobody has bought a ticket yet.</p>;
  return (
    <ol className="feed">
      {items.map((item) => (
        <FeedItem key={item.id} item={item} nowMs={nowMs} isNew={!known.has(item.id)}>
          <Link href={`/events/${item.event.id}`} className="feed-event">
            {item.event.title}
          </Link>
        </FeedItem>
      ))}
    </ol>
  );
}
