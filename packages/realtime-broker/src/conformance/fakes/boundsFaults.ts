import { isDeepStrictEqual } from 'node:util';
import { createMemoryBroker } from '../../memory/createMemoryBroker.ts';
import type { BrokerSettings } from '../brokerSettings.ts';
import { type Breaking, reading, readingPublications, recalling } from './breaking.ts';
import type { Fault } from './fault.ts';

const unbounded = Number.MAX_SAFE_INTEGER;

/** Bounds that are not kept, and rooms that lose something in silence. */
export const boundsFaults: readonly Fault[] = [
  {
    fault: 'keeps all history, however much',
    breaking: () =>
      boundedBy(({ history }) => ({ history: { ...history, maxPublications: unbounded } })),
    breaks: [
      'past maxPublications the oldest publications go, which is a gap: overflow',
      'reading on after a gap reaches the end, with the latest values',
    ],
  },
  {
    fault: 'keeps all history, however large',
    breaking: () => boundedBy(({ history }) => ({ history: { ...history, maxBytes: unbounded } })),
    breaks: ['past maxBytes the oldest publications go, which is a gap: overflow'],
  },
  {
    fault: 'keeps all history, however old',
    breaking: () => boundedBy(({ history }) => ({ history: { ...history, maxAgeMs: unbounded } })),
    breaks: [
      'after maxAgeMs publications go, which is a gap: expired',
      'the reason of a gap is why the newest of what is gone went',
      'a room whose history is gone stands where it stood, and goes on from there',
    ],
  },
  {
    fault: 'takes a maxPublications of 0 for no bound',
    breaking: () =>
      boundedBy(({ history: { maxPublications, ...rest } }) => ({
        history: { ...rest, maxPublications: maxPublications || unbounded },
      })),
    breaks: ['with maxPublications of 0 whatever is missed is a gap: overflow'],
  },
  {
    fault: 'calls whatever is gone too old',
    breaking: () => calling('overflow', 'expired'),
    breaks: [
      'past maxPublications the oldest publications go, which is a gap: overflow',
      'past maxBytes the oldest publications go, which is a gap: overflow',
      'with maxPublications of 0 whatever is missed is a gap: overflow',
    ],
  },
  {
    fault: 'calls whatever is gone too much',
    breaking: () => calling('expired', 'overflow'),
    breaks: [
      'after maxAgeMs publications go, which is a gap: expired',
      'the reason of a gap is why the newest of what is gone went',
    ],
  },
  {
    fault: 'begins anew where the history is gone',
    breaking: () => (sound) => ({
      async position(room) {
        const position = await sound.position(room);
        const limits = { maxPublications: 1, maxBytes: 1 };
        const { status } = await sound.read(room, { ...position, offset: 0 }, limits);
        return status === 'gap'
          ? { epoch: 'another-epoch-of-16', offset: 0, revision: 0 }
          : position;
      },
    }),
    breaks: [
      'a room whose history is gone stands where it stood, and goes on from there',
      'a room that lost its history to maxTotalBytes stands where it stood',
    ],
  },
  {
    fault: 'gives latest and volatile publications a place in history',
    breaking: () =>
      recalling((result, published, { since, settings }) => {
        const { position } = result;
        const missed = published.slice(
          published.findIndex((one) => one.position.offset > (since?.offset ?? 0)),
        );
        if (!since || missed.length <= settings.history.maxPublications) return result;
        const next = { ...position, revision: since.revision };
        const count = position.offset - since.offset;
        return { status: 'gap', reason: 'overflow', missed: count, next, position };
      }),
    breaks: ['latest and volatile publications take no place in history'],
  },
  {
    fault: 'keeps all latest values, however many',
    breaking: () => boundedBy(({ latest }) => ({ latest: { ...latest, maxKeys: unbounded } })),
    breaks: ['past maxKeys the longest unchanged latest values go'],
  },
  {
    fault: 'keeps all latest values, however large',
    breaking: () => boundedBy(({ latest }) => ({ latest: { ...latest, maxBytes: unbounded } })),
    breaks: ['past maxBytes the longest unchanged latest values go'],
  },
  {
    fault: 'drops the first published values instead of the longest unchanged',
    breaking: () => {
      const keys = new Set<string | undefined>();
      return (sound, settings) => ({
        ...sound,
        publish(input) {
          keys.add(input.key);
          return sound.publish(input);
        },
        ...readingPublications((publications) => {
          const kept = [...keys].slice(-settings.latest.maxKeys);
          return publications.filter(({ key }) => kept.includes(key));
        })(sound, settings),
      });
    },
    breaks: ['past maxKeys the longest unchanged latest values go'],
  },
  {
    fault: 'drops latest values in silence',
    breaking: () =>
      reading(async (result, { room, since, limits, sound }) => {
        if (result.status === 'continued' || !since || result.missed !== 0) return result;
        const behind = await sound.read(room, result.next, limits);
        return behind.status === 'continued' ? { ...behind, since } : behind;
      }),
    breaks: [
      'whoever misses a dropped value is told so, overflow, and gets what is kept',
      'a dropped value takes no reliable publication along',
      'a removal is never forgotten in silence, nor what is kept skipped for it',
    ],
  },
  {
    fault: 'skips what is kept before something that was dropped',
    breaking: () =>
      reading(async (result, { room, since, limits, sound }) => {
        let page = result;
        while (page.status === 'continued' && !isDeepStrictEqual(page.next, page.position)) {
          page = await sound.read(room, page.next, limits);
        }
        if (!since || page.status === 'continued') return result;
        return { ...page, missed: page.position.offset - since.offset };
      }),
    breaks: ['a removal is never forgotten in silence, nor what is kept skipped for it'],
  },
  {
    fault: 'gives reliable publications up for a dropped value',
    breaking: () =>
      reading(async (result, { room, since, limits, sound }) => {
        if (!since) return result;
        const end = { ...result.position, revision: since.revision };
        const dropped = await sound.read(room, end, limits);
        const missed = end.offset - since.offset;
        return dropped.status === 'gap' ? { ...dropped, missed } : result;
      }),
    breaks: ['a dropped value takes no reliable publication along'],
  },
  {
    fault: 'tells everybody of dropped values',
    breaking: () =>
      reading((result, { since, settings }) => {
        const { position } = result;
        if (!since || position.revision <= settings.latest.maxKeys) return result;
        const missed = position.offset - since.offset;
        return { status: 'gap', reason: 'overflow', missed, next: position, position };
      }),
    breaks: ['whoever knows of what was dropped misses nothing'],
  },
  {
    fault: 'counts what was removed as kept',
    breaking: () => {
      const removed = new Set<string | undefined>();
      return (sound, settings) => ({
        publish(input) {
          if (input.removed) removed.add(input.key);
          return sound.publish(input);
        },
        ...readingPublications((publications) =>
          publications.slice(-Math.max(1, settings.latest.maxKeys - removed.size)),
        )(sound, settings),
      });
    },
    breaks: ['a removed value makes room for another'],
  },
  {
    fault: 'holds as much as there is in all rooms together',
    breaking: () => boundedBy(() => ({ maxTotalBytes: unbounded })),
    breaks: [
      'past maxTotalBytes the longest quiet room without followers loses its whole history',
      'past maxTotalBytes a followed room loses only its oldest, when others have nothing left',
    ],
  },
  {
    fault: 'never drops a room',
    breaking: () => boundedBy(() => ({ maxRooms: unbounded })),
    breaks: [
      'past maxRooms the longest quiet room without followers is dropped, and begins a new epoch',
    ],
  },
  {
    fault: 'makes room for others without looking who follows',
    breaking: () => (sound) => ({
      subscribe: async (room) => ({ position: await sound.position(room), unsubscribe() {} }),
    }),
    breaks: [
      'past maxTotalBytes a followed room loses only its oldest, when others have nothing left',
      'past maxRooms the longest quiet room without followers is dropped, and begins a new epoch',
    ],
  },
];

/** A broker that keeps to other bounds than it is told. */
function boundedBy(change: (settings: BrokerSettings) => Partial<BrokerSettings>): Breaking {
  return (_, settings) => createMemoryBroker({ ...settings, ...change(settings) });
}

/** A broker that takes one reason for another. */
function calling(reason: 'expired' | 'overflow', wrong: 'expired' | 'overflow'): Breaking {
  return reading((result) =>
    result.status === 'gap' && result.reason === reason ? { ...result, reason: wrong } : result,
  );
}
