import type { ReactNode } from 'react';
import { formatDuration } from '../format/formatDuration.ts';
import { formatKey } from '../format/formatKey.ts';
import type { EffectRecord } from '../recording/records.ts';

/** What became of a query, in words. */
function describeEffect({ kind, fetch }: EffectRecord): string {
  if (kind === 'patched') return 'patched';
  if (kind === 'known') return 'had it already';
  if (!fetch) return 'stale';
  if (fetch.durationMs === null) return 'fetching';
  return fetch.isFailed ? 'fetch failed' : `fetched in ${formatDuration(fetch.durationMs)}`;
}

/** A query that an event changed. */
export function EffectChip({ effect }: { effect: EffectRecord }): ReactNode {
  const { kind, fetch } = effect;
  return (
    <span className="chip" data-kind={fetch?.isFailed ? 'failed' : fetch ? 'fetched' : kind}>
      <b>{formatKey(effect.queryHash)}</b> {describeEffect(effect)}
    </span>
  );
}
