import { reading } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Answers to readers that are wrong whatever the log holds. */
export const readingFaults: readonly Fault[] = [
  {
    fault: 'calls every read a gap',
    breaking: () =>
      reading(({ position }) => ({
        ...{ status: 'gap', reason: 'overflow', missed: 0, next: position, position },
      })),
    breaks: [
      'reading on from the current position continues with nothing',
      'reading on in a room that nobody published to continues with nothing',
      'reading without a position continues from now, with nothing reliable from before',
      'a volatile publication is never missed',
      'latest values that somebody knows are not read again',
    ],
  },
  {
    fault: 'never says that something was missed',
    breaking: () =>
      reading(({ position }, { since }) => ({
        ...{ status: 'continued', publications: [], next: position, position },
        since: since ?? position,
      })),
    breaks: [
      'reading on from another epoch is a gap: epoch-changed',
      'reading on from an offset ahead of the room is a gap: epoch-changed',
      'reading on from a revision ahead of the room is a gap: epoch-changed',
      'missed reliable publications are read exactly as followers heard them',
      'the newest latest value of each key is read, in the order of their revisions',
      'past maxPublications the oldest publications go, which is a gap: overflow',
    ],
  },
  {
    fault: 'counts what was missed of another epoch',
    breaking: () =>
      reading((result) => (result.status === 'gap' ? { ...result, missed: 1 } : result)),
    breaks: [
      'reading on from another epoch is a gap: epoch-changed',
      'reading on from an offset ahead of the room is a gap: epoch-changed',
      'reading on from a revision ahead of the room is a gap: epoch-changed',
    ],
  },
  {
    fault: 'counts one too many as missed',
    breaking: () =>
      reading((result) =>
        result.status === 'gap' ? { ...result, missed: (result.missed ?? 0) + 1 } : result,
      ),
    breaks: [
      'past maxPublications the oldest publications go, which is a gap: overflow',
      'whoever misses a dropped value is told so, overflow, and gets what is kept',
    ],
  },
  {
    fault: 'skips the latest values behind a gap',
    breaking: () =>
      reading((result) =>
        result.status === 'gap' ? { ...result, next: result.position } : result,
      ),
    breaks: [
      'reading on from another epoch is a gap: epoch-changed',
      'reading on after a gap reaches the end, with the latest values',
      'whoever misses a dropped value is told so, overflow, and gets what is kept',
    ],
  },
  {
    fault: 'tells the time of the last publish in seconds',
    breaking: () =>
      reading(({ quietSinceMs: lastMs, ...result }) => ({
        ...result,
        ...(lastMs !== undefined && { quietSinceMs: Math.floor(lastMs / 1_000) }),
      })),
    breaks: ['a read tells since when nothing was published to the room, or nothing of it'],
  },
  {
    fault: 'calls a room that nobody published to as old as time',
    breaking: () =>
      reading((result) => {
        const { offset, revision } = result.position;
        return offset + revision === 0 ? { ...result, quietSinceMs: 0 } : result;
      }),
    breaks: ['a read tells since when nothing was published to the room, or nothing of it'],
  },
  {
    fault: 'hands volatile publications to readers',
    breaking: () =>
      reading((result, { room, since }) => {
        if (result.status === 'gap' || !since) return result;
        const { position, publications } = result;
        const event = 'conformance-event';
        const volatile = { room, event, payload: 'b', delivery: 'volatile', position } as const;
        return { ...result, publications: [...publications, { ...volatile, publishedAtMs: 0 }] };
      }),
    breaks: [
      'a volatile publication is never missed',
      'reading on from every earlier position gives what followed it, and nothing else',
    ],
  },
];
