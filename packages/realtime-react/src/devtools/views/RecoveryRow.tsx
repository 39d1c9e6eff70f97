import { memo, type NamedExoticComponent, type ReactNode } from 'react';
import { describeRecovery } from '../format/describeRecovery.ts';
import { formatTime } from '../format/formatTime.ts';
import type { RecoveryRecord } from '../recording/records.ts';
import { EffectChip } from './EffectChip.tsx';
import { Pill } from './Pill.tsx';
import { recoveryTone } from './recoveryTone.ts';

export interface RecoveryRowProps {
  readonly record: RecoveryRecord;
  /** Another one when the record has changed. */
  readonly revision: number;
}

/** What became of a room's stream, with the queries that it made stale. */
export const RecoveryRow: NamedExoticComponent<RecoveryRowProps> = /* @__PURE__ */ memo(Row);

function Row({ record }: RecoveryRowProps): ReactNode {
  return (
    <li className="row event-row recovery-row">
      <time>{formatTime(record.atMs)}</time>
      <span className="name">
        <Pill tone={recoveryTone(record)}>{record.recovery.status}</Pill>
      </span>
      <span className="room">{record.room}</span>
      <span className="words">
        {describeRecovery(record)}
        <span className="chips">
          {record.effects.map((effect) => (
            <EffectChip key={effect.kind + effect.queryHash} effect={effect} />
          ))}
        </span>
      </span>
    </li>
  );
}
