import type { ReactNode } from 'react';
import type { EventDetails, Venue } from '../../shared/event.ts';
import { formatDate } from '../format/formatDate.ts';
import { useUpdatedFields } from './useUpdatedFields.ts';

/** When and where an event is, and when and where it was announced to be. */
export function EventFacts({ event }: { event: EventDetails }) {
  const updated = useUpdatedFields(event.id);
  const { startsAt, venue, announcedWith } = event;
  const former = announcedWith.venue;
  return (
    <div className="hero-facts">
      <Fact
        // The key lets every change light up.
        key={startsAt}
        isNew={updated.has('startsAt')}
        label={announcedWith.startsAt && 'New time'}
        former={announcedWith.startsAt && formatDate(announcedWith.startsAt)}
      >
        <time dateTime={startsAt}>{formatDate(startsAt)}</time>
      </Fact>
      <Fact
        key={venue.name}
        isNew={updated.has('venue')}
        label={former && 'New place'}
        former={former && describe(former)}
      >
        {describe(venue)}
      </Fact>
    </div>
  );
}

interface FactProps {
  readonly label: string | null;
  readonly former: string | null;
  readonly isNew: boolean;
  readonly children: ReactNode;
}

function Fact({ label, former, isNew, children }: FactProps) {
  return (
    <p className="fact" data-new={isNew || undefined}>
      <span>{children}</span>
      {label && <span className="tag">{label}</span>}
      {former && (
        <s className="muted">
          <span className="visually-hidden">Announced as: </span>
          {former}
        </s>
      )}
    </p>
  );
}

function describe({ name, city }: Venue): string {
  return `${name}, ${city}`;
}
