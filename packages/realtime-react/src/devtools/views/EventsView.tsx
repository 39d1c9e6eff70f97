import { type ReactNode, useState } from 'react';
import { formatBytes } from '../format/formatBytes.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { FrameRecord, LogRecord } from '../recording/records.ts';
import { EventFilter } from './EventFilter.tsx';
import { EventRow } from './EventRow.tsx';
import { filterLog, noFilter } from './filterLog.ts';
import { RecoveryRow } from './RecoveryRow.tsx';

/** What came, the newest first. */
export function EventsView({ recorder }: { recorder: Recorder }): ReactNode {
  const [filter, setFilter] = useState(noFilter);
  const { log } = recorder;
  const shown = filterLog(log, filter);
  return (
    <>
      <div className="bar">
        <EventFilter log={log} filter={filter} onFilter={setFilter} />
        <output className="sum">{summary(shown)}</output>
      </div>
      {shown.length === 0 && <p className="empty">Nothing has come yet.</p>}
      <ol className="rows">
        {shown
          .toReversed()
          .map((record) =>
            record.type === 'event' ? (
              <EventRow key={record.id} record={record} revision={record.revision} />
            ) : (
              <RecoveryRow key={record.id} record={record} revision={record.revision} />
            ),
          )}
      </ol>
    </>
  );
}

/** How many events these are and what their frames cost. */
function summary(log: readonly LogRecord[]): string {
  const events = log.filter((record) => record.type === 'event');
  const frames = [...new Set(events.map(({ frame }) => frame))];
  const sum = (bytesOf: (frame: FrameRecord) => number) =>
    frames.reduce((total, frame) => total + bytesOf(frame), 0);
  const wireBytes = sum((frame) => frame.wireBytes);
  const textBytes = sum((frame) => frame.textBytes);
  const saved = textBytes > 0 ? Math.round((1 - wireBytes / textBytes) * 100) : 0;
  const count = `${events.length} ${events.length === 1 ? 'event' : 'events'}`;
  const bytes = `${formatBytes(wireBytes)} on the wire`;
  return saved > 0 ? `${count} · ${bytes}, ${saved} % saved` : `${count} · ${bytes}`;
}
