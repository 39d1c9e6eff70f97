import type { Notification } from '../../shared/notification.ts';
import { formatAgo } from '../format/formatAgo.ts';
import { useNow } from '../ui/useNow.ts';

const tickMs = 20_000;

/** What one was told, newest first. */
export function NotificationList({ notifications }: { notifications: readonly Notification[] }) {
  const nowMs = useNow(tickMs);
  if (notifications.length === 0) {
    return <p className="muted">Nothing yet. Tickets that you buy or get show up here.</p>;
  }
  return (
    <ol className="notifications">
      {notifications.map(({ id, type, title, message, at, isRead }) => (
        <li key={id} data-type={type} data-unread={!isRead || undefined}>
          <p className="notification-head">
            <strong>{title}</strong>
            {!isRead && <span className="visually-hidden">(new)</span>}
            <time className="muted" dateTime={at}>
              {formatAgo(at, nowMs)}
            </time>
          </p>
          <p className="muted">{message}</p>
        </li>
      ))}
    </ol>
  );
}
