import type { Publication } from '@roomcast/realtime-contract';
import type { ReadResult } from '../../broker.ts';
import { publishing, reading, readingPublications, recalling } from './breaking.ts';
import type { Fault } from './fault.ts';

const isLatest = ({ delivery }: Publication) => delivery === 'latest';

/** Latest values that are not the newest, not told apart or not taken away. */
export const latestFaults: readonly Fault[] = [
  {
    fault: 'reads every value that a key ever had',
    breaking: () =>
      recalling((result, published, { since }) =>
        withLatest(
          result,
          published.filter(
            (one) => isLatest(one) && since && one.position.revision > since.revision,
          ),
        ),
      ),
    breaks: ['the newest latest value of each key is read, in the order of their revisions'],
  },
  {
    fault: 'reads the oldest value of a key',
    breaking: () =>
      recalling((result, published) => {
        if (result.status === 'gap') return result;
        const oldest = ({ key }: Publication) => published.find((one) => one.key === key);
        const latest = result.publications.filter(isLatest);
        return withLatest(
          result,
          latest.map((one) => ({ ...one, payload: oldest(one)?.payload })),
        );
      }),
    breaks: [
      'the newest latest value of each key is read, in the order of their revisions',
      'a latest value that is replaced between two pages is read once, in its newest form',
    ],
  },
  {
    fault: 'forgets the event of a key',
    breaking: () => readingNewestBy(({ key }) => key),
    breaks: ['another key, another event, and none are values of their own'],
  },
  {
    fault: 'keeps one value for each event',
    breaking: () => readingNewestBy(({ event }) => event),
    breaks: ['another key, another event, and none are values of their own'],
  },
  {
    fault: 'joins event and key by a colon',
    breaking: () => readingNewestBy(({ event, key }) => `${event}:${key}`),
    breaks: [
      'an event and a key are not mistaken for another pair that reads the same when joined',
    ],
  },
  {
    fault: 'replays history to somebody new',
    breaking: () =>
      reading((result, { room, since, limits, sound }) =>
        since ? result : sound.read(room, { ...result.position, offset: 0 }, limits),
      ),
    breaks: [
      'reading without a position continues from now, with nothing reliable from before',
      'somebody new gets all latest values, and neither history nor removals',
    ],
  },
  {
    fault: 'hands removals to somebody new',
    breaking: () =>
      reading((result, { room, since, limits, sound }) =>
        since ? result : sound.read(room, { ...result.position, revision: 0 }, limits),
      ),
    breaks: ['somebody new gets all latest values, and neither history nor removals'],
  },
  {
    fault: 'has no latest values for somebody new',
    breaking: () => readingPublications((publications, { since }) => (since ? publications : [])),
    breaks: ['somebody new gets all latest values, and neither history nor removals'],
  },
  {
    fault: 'forgets removals',
    breaking: () =>
      readingPublications((publications) => publications.filter(({ removed }) => !removed)),
    breaks: [
      'a removal is read by whoever comes back from before it, without a payload',
      'a removal is never forgotten in silence, nor what is kept skipped for it',
    ],
  },
  {
    fault: 'publishes a removal as a value',
    breaking: () => publishing(({ removed: _, ...input }, publish) => publish(input)),
    breaks: [
      'followers hear a removal',
      'a removal is read by whoever comes back from before it, without a payload',
      'somebody new gets all latest values, and neither history nor removals',
    ],
  },
  {
    fault: 'keeps the value that was removed',
    breaking: () =>
      recalling((result, published) => {
        if (result.status === 'gap') return result;
        const lastOf = ({ key }: Publication) =>
          published.findLast((one) => one.key === key && !one.removed);
        const publications = result.publications.map((one) =>
          one.removed ? { ...one, payload: lastOf(one)?.payload } : one,
        );
        return { ...result, publications };
      }),
    breaks: ['a removal is read by whoever comes back from before it, without a payload'],
  },
  {
    fault: 'takes no value for a key that was removed once',
    breaking: () => {
      const removed = new Set<unknown>();
      return publishing((input, publish) => {
        if (input.removed) removed.add(input.key);
        return publish(removed.has(input.key) ? { ...input, removed: true } : input);
      });
    },
    breaks: ['a value that is published again after its removal is a value again'],
  },
  {
    fault: 'hands all latest values to everybody',
    breaking: () =>
      reading(async (result, { room, limits, sound }) => {
        const all = await sound.read(room, null, limits);
        return withLatest(result, all.status === 'gap' ? [] : all.publications);
      }),
    breaks: [
      'reading on from the current position continues with nothing',
      'latest values that somebody knows are not read again',
    ],
  },
];

function withLatest(result: ReadResult, latest: readonly Publication[]): ReadResult {
  if (result.status === 'gap') return result;
  const others = result.publications.filter((one) => !isLatest(one));
  return { ...result, publications: [...others, ...latest] };
}

/** A broker that tells its latest values apart by something else than event and key. */
function readingNewestBy(idOf: (publication: Publication) => unknown) {
  return readingPublications((publications) =>
    publications.filter(
      (one, index) => publications.findLastIndex((other) => idOf(other) === idOf(one)) === index,
    ),
  );
}
