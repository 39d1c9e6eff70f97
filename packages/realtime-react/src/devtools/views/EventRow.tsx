import { memo, type NamedExoticComponent, type ReactNode } from 'react';
import { formatBytes } from '../format/formatBytes.ts';
import { formatTime } from '../format/formatTime.ts';
import type { EventRecord } from '../recording/records.ts';
import { EffectChip } from './EffectChip.tsx';
import { Expandable } from './Expandable.tsx';
import { Payload } from './Payload.tsx';

/** The most effects that a row shows before it is opened. */
const maxChips = 3;

export interface EventRowProps {
  readonly record: EventRecord;
  /** Another one when the record has changed. */
  readonly revision: number;
}

/** A publication with its bytes and what it did to the cache. */
export const EventRow: NamedExoticComponent<EventRowProps> = /* @__PURE__ */ memo(Row);

function Row({ record }: EventRowProps): ReactNode {
  const { atMs, room, event, delivery, counter, effects, isDelivered, isRemoved } = record;
  const counterText =
    delivery === 'volatile' ? '' : `${delivery === 'latest' ? 'r' : '#'}${counter}`;
  return (
    <Expandable
      className="event-row"
      summary={
        <>
          <time>{formatTime(atMs)}</time>
          <span className="name" data-delivery={delivery}>
            {event}
            {!isDelivered && <em>dropped</em>}
            {isRemoved && <em>removed</em>}
          </span>
          <span className="room">{room}</span>
          <span className="number">{counterText}</span>
          <span className="number bytes">{bytesText(record)}</span>
          <span className="chips">
            {effects.slice(0, maxChips).map((effect) => (
              <EffectChip key={effect.kind + effect.queryHash} effect={effect} />
            ))}
            {effects.length > maxChips && (
              <span className="chip">+{effects.length - maxChips}</span>
            )}
          </span>
        </>
      }
      details={() => <EventDetails record={record} />}
    />
  );
}

/** A frame's bytes are shared among its publications. */
function bytesText({ frame: { wireBytes, publications } }: EventRecord): string {
  return formatBytes(Math.ceil(wireBytes / publications));
}

function EventDetails({ record }: { record: EventRecord }): ReactNode {
  const { frame, delivery, epoch, counter, publishedAtMs, atMs, key, effects } = record;
  const { wireBytes, textBytes, publications } = frame;
  const saved = Math.round((1 - wireBytes / textBytes) * 100);
  const facts: readonly (readonly [string, string])[] = [
    ['delivery', key === null ? delivery : `${delivery}, key ${key}`],
    ['position', `${counter} in ${epoch}`],
    ['frame', `${publications} ${publications === 1 ? 'publication' : 'publications'}`],
    [
      'wire',
      saved > 0
        ? `${formatBytes(wireBytes)} for ${formatBytes(textBytes)} of text, ${saved} % saved`
        : `${formatBytes(wireBytes)}, not compressed`,
    ],
    ['published', `${formatTime(publishedAtMs)}, ${atMs - publishedAtMs} ms before by both clocks`],
  ];
  return (
    <>
      <Payload payload={record.payload} />
      <div>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="chips">
          {effects.length === 0 && 'No effect on the cache.'}
          {effects.map((effect) => (
            <EffectChip key={effect.kind + effect.queryHash} effect={effect} />
          ))}
        </p>
      </div>
    </>
  );
}
