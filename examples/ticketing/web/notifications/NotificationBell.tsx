import { useId } from 'react';
import { Loaded } from '../ui/Loaded.tsx';
import { NotificationList } from './NotificationList.tsx';
import { useInbox } from './useInbox.ts';
import './notifications.css';

const maxShown = 9;

/** How much is unread, and behind it what the visitor was told. */
export function NotificationBell() {
  const panelId = useId();
  const { inbox, markSeen, markingError } = useInbox();
  const unread = inbox.data?.unread ?? 0;
  return (
    <>
      <button
        type="button"
        className="bell"
        popoverTarget={panelId}
        aria-label={unread > 0 ? `Notifications, ${unread} unread` : 'Notifications'}
      >
        <BellIcon />
        {unread > 0 && (
          <span className="bell-count" key={unread} data-testid="unread">
            {unread > maxShown ? `${maxShown}+` : unread}
          </span>
        )}
      </button>
      <section
        id={panelId}
        className="inbox"
        popover="auto"
        aria-label="Notifications"
        onToggle={(event) => markSeen(event.newState === 'closed')}
      >
        <h2>Notifications</h2>
        {markingError && (
          <p className="form-error" role="alert">
            {markingError.message}
          </p>
        )}
        <Loaded query={inbox} label="notifications">
          {({ notifications }) => <NotificationList notifications={notifications} />}
        </Loaded>
      </section>
    </>
  );
}

function BellIcon() {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path
        d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z M10 21h4"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
