import { isDeepStrictEqual } from 'node:util';
import { reading, readingPublications } from './breaking.ts';
import type { Fault } from './fault.ts';

const ample = { maxPublications: 1_000, maxBytes: 10_000_000 };

/** Pages that are too large, in the wrong order, or lead nowhere. */
export const pagingFaults: readonly Fault[] = [
  {
    fault: 'ignores maxPublications of a read',
    breaking: () => (sound) => ({
      read: (room, since, { maxBytes }) => sound.read(room, since, { ...ample, maxBytes }),
    }),
    breaks: [
      'a read returns no more than maxPublications, and reading on reaches the end',
      'latest values follow the last reliable publication, within the same limits',
      'somebody new reads on from page to page until all latest values have come',
    ],
  },
  {
    fault: 'ignores maxBytes of a read',
    breaking: () => (sound) => ({
      read: (room, since, { maxPublications }) =>
        sound.read(room, since, { ...ample, maxPublications }),
    }),
    breaks: [
      'a read returns no more than maxBytes, and reading on reaches the end',
      'a publication that is larger than maxBytes is read alone',
    ],
  },
  {
    fault: 'returns nothing where the first publication is too large',
    breaking: () =>
      reading((result, { since, limits: { maxBytes } }) =>
        since && maxBytes < 10 && result.status === 'continued'
          ? { ...result, publications: [], next: since }
          : result,
      ),
    breaks: ['a publication that is larger than maxBytes is read alone'],
  },
  {
    fault: 'begins with the newest',
    breaking: () =>
      reading(async (result, { room, since, limits, sound }) => {
        const all = await sound.read(room, since, ample);
        if (result.status === 'gap' || all.status === 'gap') return result;
        return { ...result, publications: all.publications.slice(-limits.maxPublications) };
      }),
    breaks: ['a read returns no more than maxPublications, and reading on reaches the end'],
  },
  {
    fault: 'calls the end of a page the end of the room',
    breaking: () => reading((result) => ({ ...result, position: result.next })),
    breaks: [
      'a read returns no more than maxPublications, and reading on reaches the end',
      'a read returns no more than maxBytes, and reading on reaches the end',
    ],
  },
  {
    fault: 'reads on at the end of the room',
    breaking: () => reading((result) => ({ ...result, next: result.position })),
    breaks: [
      'a read returns no more than maxPublications, and reading on reaches the end',
      'reading on gives what was published between two pages, and nothing twice',
    ],
  },
  {
    fault: 'never says that a page is the last',
    breaking: () =>
      reading((result, { since }) =>
        result.status === 'continued' && since ? { ...result, next: since } : result,
      ),
    breaks: [
      'a read returns no more than maxPublications, and reading on reaches the end',
      'any JSON payload is read as it was published',
    ],
  },
  {
    fault: 'hands a publication over on two pages',
    breaking: () =>
      reading((result) => {
        const { next, position } = result;
        const isLast = isDeepStrictEqual(next, position);
        return isLast ? result : { ...result, next: { ...next, offset: next.offset - 1 } };
      }),
    breaks: ['reading on gives what was published between two pages, and nothing twice'],
  },
  {
    fault: 'reads latest values first',
    breaking: () =>
      readingPublications((publications) => [
        ...publications.filter(({ delivery }) => delivery === 'latest'),
        ...publications.filter(({ delivery }) => delivery !== 'latest'),
      ]),
    breaks: ['latest values follow the last reliable publication, within the same limits'],
  },
  {
    fault: 'forgets the latest values that did not fit',
    breaking: () =>
      reading((result) => {
        const { next, position } = result;
        return next.offset < position.offset ? result : { ...result, next: position };
      }),
    breaks: [
      'latest values follow the last reliable publication, within the same limits',
      'a latest value that is replaced between two pages is read once, in its newest form',
      'somebody new reads on from page to page until all latest values have come',
    ],
  },
];
