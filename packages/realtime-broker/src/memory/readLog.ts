import type { GapReason, Position } from '@roomcast/realtime-contract';
import type { ReadLimits, ReadResult } from '../broker.ts';
import type { LatestValues } from './latestValues.ts';
import type { LogEntry } from './logEntry.ts';
import { LogPage } from './logPage.ts';
import type { RoomHistory } from './roomHistory.ts';

/** A room's log at one moment. */
export interface LogState {
  readonly position: Position;
  readonly quietSinceMs: number;
  readonly history: RoomHistory;
  readonly latest: LatestValues;
}

/** What a log says to somebody who knows it up to `since`, as {@link Broker.read} has it. */
export function readLog(log: LogState, since: Position | null, limits: ReadLimits): ReadResult {
  const { position, quietSinceMs, latest } = log;
  const state = { position, quietSinceMs };
  const gap = since && gapAfter(log, since);
  if (gap) {
    const { known, ...rest } = gap;
    // What was dropped of the latest values is part of this gap, and not another one.
    const next = { ...position, revision: latest.behindDropped(known) };
    return { ...state, ...rest, status: 'gap', next };
  }
  const start = since ?? { ...position, revision: latest.behindDropped(0) };
  const page = new LogPage(limits);
  const next = takeReliable(log, start, page) ?? takeLatest(log, since, page) ?? position;
  return { ...state, status: 'continued', since: start, publications: page.publications, next };
}

interface Gap {
  readonly reason: GapReason;
  readonly missed?: number;
  /** The revision that stays known behind the gap. */
  readonly known: number;
}

/** Why what comes next after a position cannot be told. */
function gapAfter({ position, history, latest }: LogState, since: Position): Gap | null {
  if (since.epoch !== position.epoch || isAhead(since, position)) {
    return { reason: 'epoch-changed', known: 0 };
  }
  const missed = position.offset - since.offset;
  const known = since.revision;
  if (missed > 0 && !history.at(since.offset + 1)) {
    return { reason: history.trimmedBy, missed, known };
  }
  const isNextDropped = missed === 0 && latest.behindDropped(known) > known;
  return isNextDropped ? { reason: 'overflow', missed, known } : null;
}

/** A client that knows more than the room remembers another life of it. */
function isAhead(since: Position, position: Position): boolean {
  return since.offset > position.offset || since.revision > position.revision;
}

/** @returns where to read on, or null where the page has room for more */
function takeReliable({ position, history }: LogState, start: Position, page: LogPage) {
  for (let offset = start.offset + 1; offset <= position.offset; offset += 1) {
    const entry = history.at(offset);
    if (!entry || !page.take(entry)) return { ...start, offset: offset - 1 };
  }
  return null;
}

/**
 * Takes values up to the next revision that was dropped: that one is a gap of its own, in its place
 * among the others. Nothing was dropped before somebody new came.
 *
 * @returns where to read on, or null where the page has everything
 */
function takeLatest({ position, latest }: LogState, since: Position | null, page: LogPage) {
  const { droppedRevision: dropped } = latest;
  const gapAt = since && dropped > since.revision ? dropped : Number.POSITIVE_INFINITY;
  const beforeRevision = (revision: number) => ({ ...position, revision: revision - 1 });
  for (const entry of changesAfter(latest, since)) {
    const { revision } = entry.header.position;
    if (revision > gapAt) break;
    if (!page.take(entry)) return beforeRevision(revision);
  }
  return gapAt < Number.POSITIVE_INFINITY ? beforeRevision(gapAt) : null;
}

/** Somebody new holds no value that could have been removed. */
function changesAfter(latest: LatestValues, since: Position | null): Iterable<LogEntry> {
  return since ? latest.after(since.revision) : latest.values();
}
