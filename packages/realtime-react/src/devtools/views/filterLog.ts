import type { LogRecord } from '../recording/records.ts';

/** What of the log is shown; empty texts leave everything in. */
export interface LogFilter {
  readonly room: string;
  readonly event: string;
  /** In the name of the room or the event, in the payload, or in the key of a query. */
  readonly text: string;
}

export const noFilter: LogFilter = { room: '', event: '', text: '' };

export function filterLog(log: readonly LogRecord[], filter: LogFilter): readonly LogRecord[] {
  const text = filter.text.trim().toLowerCase();
  return log.filter((record) => {
    if (filter.room && record.room !== filter.room) return false;
    const event = record.type === 'event' ? record.event : record.recovery.status;
    if (filter.event && event !== filter.event) return false;
    if (!text) return true;
    const payload = record.type === 'event' ? record.payload.text : '';
    const places = [record.room, event, payload, ...record.effects.map((one) => one.queryHash)];
    return places.some((place) => place.toLowerCase().includes(text));
  });
}
