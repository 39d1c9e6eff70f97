import type { Publication } from '@roomcast/realtime-contract';
import { type Breaking, reading, readingPublications, recalling, turn } from './breaking.ts';
import type { Fault } from './fault.ts';

/** Histories that are not what was published. */
export const historyFaults: readonly Fault[] = [
  {
    fault: 'reads everything except the first that was missed',
    breaking: () => readingPublications(([, ...rest]) => rest),
    breaks: [
      'missed reliable publications are read exactly as followers heard them',
      'any JSON payload is read as it was published',
      'reading on from every earlier position gives what followed it, and nothing else',
    ],
  },
  {
    fault: 'reads in reverse order',
    breaking: () => readingPublications((publications) => publications.toReversed()),
    breaks: [
      'missed reliable publications are read exactly as followers heard them',
      'the newest latest value of each key is read, in the order of their revisions',
    ],
  },
  {
    fault: 'reads what came before as well',
    breaking: () =>
      reading(async (result, { room, since, limits, sound }) => {
        if (result.status === 'gap' || !since) return result;
        const all = await sound.read(room, { ...since, offset: 0 }, limits);
        return all.status === 'gap' ? all : { ...all, since };
      }),
    breaks: ['reading on from every earlier position gives what followed it, and nothing else'],
  },
  {
    fault: 'keeps idempotency keys',
    breaking: () =>
      readingPublications((publications) =>
        publications.map((one) => Object.assign({}, one, { idempotencyKey: 'order-1' })),
      ),
    breaks: [
      'missed reliable publications are read exactly as followers heard them',
      'a latest value is read exactly as followers heard it',
    ],
  },
  {
    fault: 'does not keep what caused a publication',
    breaking: () =>
      readingPublications((publications) => publications.map(({ causedBy: _, ...rest }) => rest)),
    breaks: [
      'missed reliable publications are read exactly as followers heard them',
      'a latest value is read exactly as followers heard it',
    ],
  },
  {
    fault: 'takes bytes for characters when it reads',
    breaking: () => readingPublications((publications) => publications.map(garbled)),
    breaks: ['any JSON payload is read as it was published'],
  },
  {
    fault: 'keeps the objects that were published',
    breaking: () =>
      recalling((result, published) => {
        if (result.status === 'gap') return result;
        const original = (read: Publication) =>
          published.find(
            ({ position, delivery }) =>
              delivery === read.delivery &&
              position.offset === read.position.offset &&
              position.revision === read.position.revision,
          ) ?? read;
        const publications = result.publications.map((one) => ({
          ...one,
          payload: original(one).payload,
        }));
        return { ...result, publications };
      }),
    breaks: [
      'what is kept does not change with the object that was published',
      'what one reader does to a payload no other reader sees',
    ],
  },
  {
    fault: 'shows readers a publication turns after followers have heard it',
    breaking: () => readingLate(),
    breaks: ['what a follower has heard can be read'],
  },
];

function garbled(publication: Publication): Publication {
  const text = Buffer.from(JSON.stringify(publication.payload)).toString('latin1');
  return { ...publication, payload: JSON.parse(text) };
}

function readingLate(): Breaking {
  const late = new Set<string>();
  return (sound, settings) => ({
    publish(input) {
      late.add(input.room);
      const publishing = sound.publish(input);
      void turn().then(() => late.delete(input.room));
      return publishing;
    },
    ...reading((result, { room, since }) =>
      result.status === 'continued' && since && late.has(room)
        ? { ...result, publications: [], next: since, position: since }
        : result,
    )(sound, settings),
  });
}
