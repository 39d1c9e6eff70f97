import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { usePresence } from '../live/realtimeHooks.ts';
import { useSession } from '../session/useSession.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { useStill } from '../ui/useStill.ts';
import { groupOnlookers } from './groupOnlookers.ts';
import './onlookers.css';

/** Who comes and goes at once is read out together. */
const stillMs = 4_000;

/** Who else is looking at an event; whoever sees it is seen there, too. */
export function Onlookers({ eventId }: { eventId: string }) {
  const labelId = useId();
  const { queries } = useSession();
  const users = useQuery(queries.users());
  const view = usePresence(['event', { eventId }], { data: {} });
  const { people, guests, others } = groupOnlookers(view, users.data ?? []);
  const total = people.length + guests + others;
  // Until they are known, nothing is said of them.
  const isKnown = view.count > 0 && !users.isPending;
  const announced = useStill(isKnown ? summary(total) : '', stillMs);
  return (
    <section className="onlookers" aria-labelledby={labelId}>
      <p id={labelId} className="muted">
        {isKnown && total === 0 ? 'Nobody else is looking' : 'Also looking'}
      </p>
      {isKnown && total > 0 && (
        <ul>
          {people.map((user) => (
            <li key={user.id}>
              <Avatar user={user} />
              {user.name}
            </li>
          ))}
          {guests > 0 && <li>{guests === 1 ? '1 guest' : `${guests} guests`}</li>}
          {others > 0 && <li>{others === 1 ? '1 other' : `${others} others`}</li>}
        </ul>
      )}
      <p role="status" className="visually-hidden">
        {announced}
      </p>
    </section>
  );
}

function summary(total: number): string {
  if (total === 0) return 'Nobody else is looking at this event.';
  return total === 1
    ? '1 other is looking at this event.'
    : `${total} others are looking at this event.`;
}
