import { type KeyboardEvent, useRef, useState } from 'react';
import type { Ticket } from '../../shared/ticket.ts';
import { groupRows } from './groupRows.ts';
import { moveFocus } from './moveFocus.ts';
import { Seat } from './Seat.tsx';
import './seatMap.css';

interface SeatMapProps {
  readonly tickets: readonly Ticket[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}

/**
 * The hall, seen from above. Only one seat is in the order of the Tab key; the arrow keys move
 * within the hall.
 */
export function SeatMap({ tickets, selectedId, onSelect }: SeatMapProps) {
  const rows = groupRows(tickets);
  const hall = useRef<HTMLFieldSetElement>(null);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const tabStop = focusedId ?? selectedId ?? tickets[0]?.id;

  const onKeyDown = (event: KeyboardEvent) => {
    const target = tabStop && moveFocus(rows, tabStop, event.key);
    if (!target) return;
    event.preventDefault();
    setFocusedId(target.id);
    hall.current?.querySelector<HTMLElement>(`[data-seat="${target.seat}"]`)?.focus();
  };

  return (
    <fieldset className="hall" ref={hall} onKeyDown={onKeyDown}>
      <legend className="visually-hidden">Seats. Use the arrow keys to move between them.</legend>
      <div className="stage" aria-hidden="true">
        Stage
      </div>
      {rows.map((row) => (
        <fieldset key={row.name} className="seat-row">
          <legend className="visually-hidden">Row {row.name}</legend>
          <span className="row-name" aria-hidden="true">
            {row.name}
          </span>
          {row.seats.map((ticket) => (
            <Seat
              key={ticket.id}
              ticket={ticket}
              isSelected={ticket.id === selectedId}
              isTabStop={ticket.id === tabStop}
              onFocus={() => setFocusedId(ticket.id)}
              onSelect={() => onSelect(ticket.id)}
            />
          ))}
          <span className="row-name" aria-hidden="true">
            {row.name}
          </span>
        </fieldset>
      ))}
    </fieldset>
  );
}
