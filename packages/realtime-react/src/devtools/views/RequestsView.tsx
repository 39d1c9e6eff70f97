import { memo, type NamedExoticComponent, type ReactNode } from 'react';
import type { Tone } from '../format/describeState.ts';
import { formatBytes } from '../format/formatBytes.ts';
import { formatDuration } from '../format/formatDuration.ts';
import { formatTime } from '../format/formatTime.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { RequestRecord } from '../recording/records.ts';
import { Expandable } from './Expandable.tsx';
import { Payload } from './Payload.tsx';
import { Pill } from './Pill.tsx';

const tones: Readonly<Record<RequestRecord['outcome'], Tone>> = {
  ...{ waiting: 'busy', accepted: 'good', refused: 'bad', lost: 'bad' },
};

/** Actions and what else was asked of the server, the newest first. */
export function RequestsView({ recorder }: { recorder: Recorder }): ReactNode {
  const { requests } = recorder;
  if (requests.length === 0) return <p className="empty">Nothing was asked of the server yet.</p>;
  return (
    <ol className="rows">
      {requests.toReversed().map((record) => (
        <RequestRow key={record.id} record={record} revision={record.revision} />
      ))}
    </ol>
  );
}

interface RequestRowProps {
  readonly record: RequestRecord;
  /** Another one when the record has changed. */
  readonly revision: number;
}

const RequestRow: NamedExoticComponent<RequestRowProps> = /* @__PURE__ */ memo(Row);

function Row({ record }: RequestRowProps): ReactNode {
  const { atMs, name, isAction, input, answer, outcome, durationMs, wireBytes } = record;
  return (
    <Expandable
      className="request-row"
      summary={
        <>
          <time>{formatTime(atMs)}</time>
          <span className="name">
            {name}
            {!isAction && <em>protocol</em>}
          </span>
          <span className="grow preview">{input.text.replaceAll(/\s+/g, ' ').slice(0, 200)}</span>
          <span className="number">{formatBytes(wireBytes)}</span>
          <span className="number">{durationMs === null ? '…' : formatDuration(durationMs)}</span>
          <Pill tone={tones[outcome]}>{outcome}</Pill>
        </>
      }
      details={() => (
        <>
          <Payload payload={input} />
          {answer && <Payload payload={answer} />}
        </>
      )}
    />
  );
}
