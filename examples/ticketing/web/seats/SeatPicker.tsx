import { useState } from 'react';
import type { Ticket } from '../../shared/ticket.ts';
import { Legend } from './Legend.tsx';
import { SeatBar } from './SeatBar.tsx';
import { SeatCount } from './SeatCount.tsx';
import { SeatMap } from './SeatMap.tsx';

interface SeatPickerProps {
  readonly eventId: string;
  readonly tickets: readonly Ticket[];
  /** The colour of the event, in degrees; undefined while the event is not known. */
  readonly hue: number | undefined;
}

/** The hall, and below it what can be done with the chosen seat. */
export function SeatPicker({ eventId, tickets, hue }: SeatPickerProps) {
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const selected = tickets.find((ticket) => ticket.id === selectedId);
  return (
    <div className="seat-picker" style={{ '--hue': hue ?? 40 } as React.CSSProperties}>
      <SeatCount tickets={tickets} />
      <SeatMap
        tickets={tickets}
        selectedId={selectedId}
        onSelect={(id) => setSelectedId((current) => (current === id ? null : id))}
      />
      <Legend tickets={tickets} />
      <SeatBar key={selectedId} eventId={eventId} ticket={selected} />
    </div>
  );
}
