import type { ReactNode } from 'react';
import { toneOf } from '../format/describeState.ts';
import type { StateRecord } from '../recording/records.ts';

/** How long ago the strip begins, in milliseconds. */
const spanMs = 120_000;

export interface TimelineStripProps {
  readonly states: readonly StateRecord[];
  readonly nowMs: number;
}

/** The states of the last two minutes, each as wide as it was long. The list beside it is for all. */
export function TimelineStrip({ states, nowMs }: TimelineStripProps): ReactNode {
  const beganMs = nowMs - spanMs;
  const segments = states.flatMap(({ id, atMs, state }, index) => {
    const endMs = states[index + 1]?.atMs ?? nowMs;
    if (endMs <= beganMs) return [];
    const left = ((Math.max(atMs, beganMs) - beganMs) / spanMs) * 100;
    const width = ((endMs - Math.max(atMs, beganMs)) / spanMs) * 100;
    return [{ id, tone: toneOf(state), left, width, status: state.status }];
  });
  return (
    <div className="strip" aria-hidden="true" title="The connection in the last two minutes">
      {segments.map(({ id, tone, left, width, status }) => (
        <i
          key={id}
          data-tone={tone}
          title={status}
          style={{ left: `${left}%`, width: `${width}%` }}
        />
      ))}
    </div>
  );
}
