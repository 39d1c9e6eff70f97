import { type KeyboardEvent, useRef, useState } from 'react';
import type { Ticket } from '../../shared/ticket.ts';
import { groupRows } from './groupRows.ts';
import { moveFocus } from './moveFocus.ts';
import { priceBands } from './priceBands.ts';
import { Seat } from './Seat.tsx';
import { Stage } from './Stage.tsx';
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
  const prices = priceBands(tickets).map(({ price }) => price);
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
      <Stage />
      {rows.map((row) => (
        <fieldset key={row.name} className="seat-row">
          <legend className="visually-hidden">Row {row.name}</legend>
          <RowName name={row.name} />
          {row.seats.map((ticket, index) => (
            <Seat
              key={ticket.id}
              ticket={ticket}
              x={(2 * index) / Math.max(1, row.seats.length - 1) - 1}
              band={prices.indexOf(ticket.price)}
              isSelected={ticket.id === selectedId}
              isTabStop={ticket.id === tabStop}
              onFocus={() => setFocusedId(ticket.id)}
              onSelect={() => onSelect(ticket.id)}
            />
          ))}
          <RowName name={row.name} />
        </fieldset>
      ))}
    </fieldset>
  );
}

function RowName({ name }: { name: string }) {
  return (
    <span className="row-name" aria-hidden="true">
      {name}
    </span>
  );
}
