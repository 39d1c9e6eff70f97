import { useState } from 'react';
import type { Activity } from '../../shared/ticket.ts';
import { useNow } from '../ui/useNow.ts';
import { FeedItem } from './FeedItem.tsx';
import './feed.css';

const visibleItems = 8;
const tickMs = 20_000;

/** What happens to the tickets, newest first. What arrives while one looks lights up. */
export function Feed({ activity }: { activity: readonly Activity[] }) {
  const [known] = useState(() => new Set(activity.map(({ id }) => id)));
  const nowMs = useNow(tickMs);
  if (activity.length === 0) {
    return <p className="muted">Nobody has bought a ticket yet. Be the first.</p>;
  }
  return (
    <ol className="feed" aria-live="polite">
      {activity.slice(0, visibleItems).map((item) => (
        <FeedItem key={item.id} item={item} nowMs={nowMs} isNew={!known.has(item.id)} />
      ))}
    </ol>
  );
}
