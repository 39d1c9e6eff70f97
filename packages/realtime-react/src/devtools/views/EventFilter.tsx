import type { ReactNode } from 'react';
import type { LogRecord } from '../recording/records.ts';
import type { LogFilter } from './filterLog.ts';

export interface EventFilterProps {
  readonly log: readonly LogRecord[];
  readonly filter: LogFilter;
  onFilter(filter: LogFilter): void;
}

/** Chooses by room, event and text what of the log is shown. */
export function EventFilter({ log, filter, onFilter }: EventFilterProps): ReactNode {
  const events = log.map((one) => (one.type === 'event' ? one.event : one.recovery.status));
  return (
    <>
      <input
        type="search"
        aria-label="Filter by text"
        placeholder="Filter by text"
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      <Choice
        label="All rooms"
        values={log.map(({ room }) => room)}
        value={filter.room}
        onChoose={(room) => onFilter({ ...filter, room })}
      />
      <Choice
        label="All events"
        values={events}
        value={filter.event}
        onChoose={(event) => onFilter({ ...filter, event })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string;
  onChoose(value: string): void;
}

function Choice({ label, values, value, onChoose }: ChoiceProps): ReactNode {
  // The chosen one stays when it has left the log.
  const options = [...new Set([...values, value])].filter((one) => one !== '').toSorted();
  return (
    <select aria-label={label} value={value} onChange={({ target }) => onChoose(target.value)}>
      <option value="">{label}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </select>
  );
}
