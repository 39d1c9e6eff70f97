import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/useSession.ts';
import { useNow } from '../ui/useNow.ts';
import { readDismissedAt, storeDismissedAt } from './dismissedAt.ts';
import { useLiveAnnouncements } from './useLiveAnnouncements.ts';
import './announcementBanner.css';

const shownForMs = 15 * 60_000;
const tickMs = 30_000;

/** The latest announcement to everybody, until it is put away or old. */
export function AnnouncementBanner() {
  useLiveAnnouncements();
  const { queries } = useSession();
  const { data: announcements = [] } = useQuery(queries.announcements());
  const [dismissedAt, setDismissedAt] = useState(readDismissedAt);
  const nowMs = useNow(tickMs);
  const [latest] = announcements;
  const isShown = latest && latest.at > dismissedAt && nowMs - Date.parse(latest.at) < shownForMs;
  const dismiss = (at: string) => {
    setDismissedAt(at);
    storeDismissedAt(at);
  };
  return (
    <div role="status" aria-label="Announcements">
      {isShown && (
        <div key={latest.id} className="announcement" data-severity={latest.severity}>
          <p>
            <strong>{latest.title}.</strong> {latest.message}
          </p>
          <button type="button" className="close-button" onClick={() => dismiss(latest.at)}>
            <span aria-hidden="true">×</span>
            <span className="visually-hidden">Dismiss</span>
          </button>
        </div>
      )}
    </div>
  );
}
