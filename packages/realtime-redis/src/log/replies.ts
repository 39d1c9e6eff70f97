import type { ReadResult } from '@roomcast/realtime-broker';
import {
  type GapReason,
  gapReasons,
  isRecord,
  type Position,
  type Publication,
  parsePosition,
  RoomcastError,
} from '@roomcast/realtime-contract';

/** Epoch, offset and revision, as the scripts answer them. */
export function readPosition(reply: unknown): Position {
  const [epoch, offset, revision] = list(reply);
  const position = parsePosition({ epoch, offset: Number(offset), revision: Number(revision) });
  return position ?? fail(reply);
}

/** The answer of the script that reads. */
export function readReadResult(reply: unknown, since: Position | null, nowMs: number): ReadResult {
  const [, , , quietMs, nextOffset, nextRevision, status, ...rest] = list(reply);
  const position = readPosition(reply);
  const { epoch } = position;
  const next = { epoch, offset: Number(nextOffset), revision: Number(nextRevision) };
  const state = { position, next, quietSinceMs: nowMs - Number(quietMs) };
  if (status === 'gap') {
    const [reason, missed] = rest;
    if (!isGapReason(reason)) return fail(reply);
    const gap = { ...state, status, reason } as const;
    return missed === '' ? gap : { ...gap, missed: Number(missed) };
  }
  const [begin, texts] = rest;
  const publications = list(texts).map((text) => parsePublication(text) ?? fail(text));
  const start = since ?? { ...position, revision: Number(begin) };
  return { ...state, status: 'continued', since: start, publications };
}

/** A publication as the log holds it and tells it, or null for anything that is not one. */
export function parsePublication(text: unknown): Publication | null {
  if (typeof text !== 'string') return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isPublication(value) ? value : null;
}

function isPublication(value: unknown): value is Publication & Record<string, unknown> {
  if (!isRecord(value) || !parsePosition(value.position)) return false;
  const { room, event, delivery, publishedAtMs } = value;
  const isDelivery = delivery === 'reliable' || delivery === 'latest' || delivery === 'volatile';
  const isNamed = typeof room === 'string' && typeof event === 'string';
  return isDelivery && isNamed && typeof publishedAtMs === 'number';
}

function isGapReason(value: unknown): value is GapReason {
  return gapReasons.some((reason) => reason === value);
}

function list(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : fail(reply);
}

function fail(reply: unknown): never {
  const text = JSON.stringify(reply)?.slice(0, 100);
  throw new RoomcastError(
    'INTERNAL',
    `Redis answered something that no script of this version does: ${text}. Give other programs another \`keyPrefix\`.`,
  );
}
