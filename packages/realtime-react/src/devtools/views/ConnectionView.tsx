import type { ReactNode } from 'react';
import { describeState, toneOf } from '../format/describeState.ts';
import { formatDuration } from '../format/formatDuration.ts';
import { formatTime } from '../format/formatTime.ts';
import type { Recorder } from '../recording/recorder.ts';
import { Pill } from './Pill.tsx';

/** The states of the connection, the newest first, with how long each lasted. */
export function ConnectionView({ recorder }: { recorder: Recorder }): ReactNode {
  const { states, nowMs } = recorder;
  return (
    <ol className="rows">
      {states
        .map((record, index) => ({ record, endMs: states[index + 1]?.atMs ?? null }))
        .toReversed()
        .map(({ record, endMs }) => (
          <li key={record.id} className="row connection-row">
            <time>{formatTime(record.atMs)}</time>
            <Pill tone={toneOf(record.state)}>{record.state.status}</Pill>
            <span className="grow">{describeState(record)}</span>
            <span className="number">
              {endMs === null
                ? `for ${formatDuration(nowMs - record.atMs)}`
                : formatDuration(endMs - record.atMs)}
            </span>
          </li>
        ))}
    </ol>
  );
}
