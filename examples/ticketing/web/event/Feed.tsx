import { useState } from 'react';
import type { Activity } from '../../shared/ticket.ts';
import type { User } from '../../shared/user.ts';
import { formatAgo } from '../format/formatAgo.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useNow } from '../ui/useNow.ts';

const visibleItems = 8;
const tickMs = 20_000;

/** What happens to the tickets, newest first. What arrives while one looks lights up. */
export function Feed({ activity }: { activity: readonly Activity[] }) {
  const [knownId] = useState(() => Number(activity[0]?.id ?? 0));
  const nowMs = useNow(tickMs);
  if (activity.length === 0) {
    return <p className="muted">Nobody has bought a ticket yet. Be the first.</p>;
  }
  return (
    <ol className="feed" aria-live="polite">
      {activity.slice(0, visibleItems).map((item) => (
        <li key={item.id} data-new={Number(item.id) > knownId || undefined}>
          <Avatar user={item.kind === 'purchase' ? item.buyer : item.from} />
          <p>
            <FeedText item={item} />
            <time className="muted" dateTime={item.at}>
              {formatAgo(item.at, nowMs)}
            </time>
          </p>
        </li>
      ))}
    </ol>
  );
}

function FeedText({ item }: { item: Activity }) {
  if (item.kind === 'purchase') {
    return (
      <span>
        <Name user={item.buyer} /> bought <strong>{item.seat}</strong> for {formatPrice(item.price)}
      </span>
    );
  }
  return (
    <span>
      <Name user={item.from} /> gave <strong>{item.seat}</strong> to <Name user={item.to} />
    </span>
  );
}

function Name({ user }: { user: User }) {
  const isMe = useSession().user?.id === user.id;
  return <b>{isMe ? 'You' : user.name}</b>;
}
