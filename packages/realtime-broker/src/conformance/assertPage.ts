import { deepEqual, equal, notDeepEqual, ok } from 'node:assert/strict';
import type { GapReason, Position, Publication } from '@roomcast/realtime-contract';
import type { ReadLimits, ReadResult } from '../broker.ts';

type Continued = ReadResult & { readonly status: 'continued' };
type Gap = ReadResult & { readonly status: 'gap' };

/** The reasons for which a log can have lost something. */
const logReasons: readonly GapReason[] = ['expired', 'overflow', 'epoch-changed'];

/** What holds for each answer to a read, whatever the log holds. */
export function assertPage(result: ReadResult, since: Position | null, limits: ReadLimits): void {
  if (result.status === 'gap') {
    assertGap(result, since);
  } else {
    assertLimits(result.publications, limits);
    assertSequence(result, since);
  }
}

function assertGap({ reason, missed, next, position }: Gap, since: Position | null): void {
  ok(since, 'Expected no gap for somebody new.');
  ok(logReasons.includes(reason), `Expected a reason of the log for the gap, got "${reason}".`);
  deepEqual(
    { epoch: next.epoch, offset: next.offset },
    { epoch: position.epoch, offset: position.offset },
    'Expected `next` of a gap to be behind all reliable publications.',
  );
  equal(missed, reason === 'epoch-changed' ? undefined : position.offset - since.offset);
  notDeepEqual(next, since, 'Expected `next` of a gap to be behind it.');
}

function assertLimits(publications: readonly Publication[], limits: ReadLimits): void {
  const count = publications.length;
  ok(count <= limits.maxPublications, `Expected ${limits.maxPublications} at most, got ${count}.`);
  const bytes = publications.reduce((sum, { payload }) => sum + jsonBytes(payload), 0);
  ok(
    count <= 1 || bytes <= limits.maxBytes,
    `Expected at most ${limits.maxBytes} bytes of payload, got ${bytes}.`,
  );
}

function assertSequence(result: Continued, asked: Position | null): void {
  const { since, next, position, publications } = result;
  deepEqual(since, asked ?? { ...position, revision: since.revision });
  const reliable = publications.filter(({ delivery }) => delivery === 'reliable');
  const latest = publications.filter(({ delivery }) => delivery === 'latest');
  deepEqual(publications, [...reliable, ...latest], 'Expected latest values at the end.');
  const lastOffset = since.offset + reliable.length;
  deepEqual(
    reliable.map((publication) => publication.position.offset),
    reliable.map((_, index) => since.offset + 1 + index),
    'Expected consecutive offsets from where reading began.',
  );
  equal(next.offset, lastOffset, 'Expected `next` to be at the last offset that was read.');
  const isEndOfReliable = lastOffset === position.offset;
  ok(isEndOfReliable || latest.length === 0, 'Expected latest values to wait for reliable ones.');
  ok(isEndOfReliable || next.revision === since.revision, 'Expected `next` to wait with them.');
  const revisions = latest.map((publication) => publication.position.revision);
  for (const [index, revision] of [...revisions, next.revision].entries()) {
    const before = revisions[index - 1] ?? since.revision;
    const isLast = index === revisions.length;
    ok(isLast ? revision >= before : revision > before, 'Expected revisions in order.');
  }
}

export function jsonBytes(payload: unknown): number {
  return Buffer.byteLength(JSON.stringify(payload));
}
