import type { ReactNode } from 'react';
import type { Activity } from '../../shared/ticket.ts';
import type { User } from '../../shared/user.ts';
import { formatAgo } from '../format/formatAgo.ts';
import { formatPrice } from '../format/formatPrice.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';

interface FeedItemProps {
  readonly item: Activity;
  readonly nowMs: number;
  /** Lights up. */
  readonly isNew: boolean;
  /** What else there is to say. */
  readonly children?: ReactNode;
}

/** Something that happened to a ticket. */
export function FeedItem({ item, nowMs, isNew, children }: FeedItemProps) {
  return (
    <li data-new={isNew || undefined}>
      <Avatar user={item.kind === 'purchase' ? item.buyer : item.from} />
      <p>
        <FeedText item={item} />
        {children}
        <time className="muted" dateTime={item.at}>
          {formatAgo(item.at, nowMs)}
        </time>
      </p>
    </li>
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
