import { type Broker, createMemoryBroker, type ReadResult } from '@roomcast/realtime-broker';
import type { Position } from '@roomcast/realtime-contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryHistory } from './arbitraryHistory.ts';
import { runHistory } from './runHistory.ts';

type Break = (broker: Broker) => Partial<Broker>;

/** A log whose answers are changed on their way to the server. */
function reading(change: (read: ReadResult, since: Position) => ReadResult): Break {
  return (broker) => ({
    async read(room, since, limits) {
      const read = await broker.read(room, since, limits);
      return since ? change(read, since) : read;
    },
  });
}

const nothing = { status: 'continued', publications: [] } as const;

/** A log whose counters begin anew under the old name, as one that was restored from a backup. */
const keepingTheEpoch: Break = (broker) => {
  const renamed = <At extends { readonly position: Position }>(at: At): At => ({
    ...at,
    position: { ...at.position, epoch: 'same' },
  });
  return {
    publish: async (input) => renamed(await broker.publish(input)),
    async subscribe(room, { onPublication, onGap }) {
      const listener = { onGap, onPublication: (one: never) => onPublication(renamed(one)) };
      return renamed(await broker.subscribe(room, listener));
    },
    async read(room, since, limits) {
      const { epoch } = await broker.position(room);
      const read = await broker.read(room, since && { ...since, epoch }, limits);
      const { next } = renamed({ position: read.next, next: read.next });
      const named = { ...renamed(read), next: { ...next, epoch: 'same' } };
      if (named.status === 'gap') return named;
      const publications = named.publications.map(renamed);
      return { ...named, publications, since: { ...named.since, epoch: 'same' } };
    },
  };
};

/** Each fault, and what the scenario has to say of it. */
const faults: readonly { fault: string; breaking: Break; problem: RegExp }[] = [
  {
    fault: 'loses one of what was missed',
    breaking: reading((read) =>
      read.status === 'gap' ? read : { ...read, publications: read.publications.slice(1) },
    ),
    problem: /gap overflow 1 at \d+, expected nothing|did not get everything/,
  },
  {
    fault: 'says that nothing was missed',
    breaking: reading((read, since) =>
      read.status === 'gap' ? read : { ...read, ...nothing, since, next: read.position },
    ),
    problem: /did not get everything|out of date/,
  },
  {
    fault: 'keeps quiet about a gap',
    breaking: reading((read, since) =>
      read.status === 'gap' ? { ...read, ...nothing, since, next: read.position } : read,
    ),
    problem: /expected gap (epoch-changed|overflow|expired)/,
  },
  {
    fault: 'tells of a gap where nothing is gone',
    breaking: reading((read, since) => {
      const missed = read.position.offset - since.offset;
      if (read.status === 'gap' || missed === 0) return read;
      const { position } = read;
      return { status: 'gap', reason: 'overflow', missed, position, next: position };
    }),
    problem: /gap overflow \d+ at \d+, expected (resumed|gap limit)/,
  },
  {
    fault: 'takes every trimming for age',
    breaking: reading((read) =>
      read.status === 'gap' && read.reason === 'overflow' ? { ...read, reason: 'expired' } : read,
    ),
    problem: /gap expired \d+ at \d+, expected gap overflow/,
  },
  {
    fault: 'takes every trimming for overflow',
    breaking: reading((read) =>
      read.status === 'gap' && read.reason === 'expired' ? { ...read, reason: 'overflow' } : read,
    ),
    problem: /gap overflow \d+ at \d+, expected gap expired/,
  },
  {
    fault: 'miscounts what is missing',
    breaking: reading((read) =>
      read.status === 'gap' && read.missed !== undefined
        ? { ...read, missed: read.missed - 1 }
        : read,
    ),
    problem: /the gap leads to|gap (overflow|expired) \d+ at \d+, expected gap \1/,
  },
  {
    fault: 'forgets the latest values',
    breaking: reading((read) => {
      if (read.status === 'gap') return read;
      const publications = read.publications.filter(({ delivery }) => delivery !== 'latest');
      return { ...read, publications };
    }),
    problem: /did not get everything/,
  },
  {
    fault: 'takes a text for a position',
    breaking: reading((read) => {
      if (read.status === 'gap') return read;
      const publications = read.publications.map((one) =>
        typeof one.payload === 'string' ? { ...one, payload: one.position.epoch } : one,
      );
      return { ...read, publications };
    }),
    problem: /note \d+ was heard as/,
  },
  {
    fault: 'keeps the name of a log that began anew',
    breaking: keepingTheEpoch,
    problem: /expected gap epoch-changed/,
  },
];

describe.concurrent('the recovery scenario', () => {
  it.each(faults)('finds a log that $fault', async ({ breaking, problem }) => {
    const history = fc.asyncProperty(arbitraryHistory(), async (one) => {
      await runHistory(one, (options) => {
        const broker = createMemoryBroker(options);
        return { ...broker, ...breaking(broker) };
      });
    });
    const details = await fc.check(history, { seed: 1, numRuns: 300, endOnFailure: true });
    expect(details.failed).toBe(true);
    expect(String(details.errorInstance)).toMatch(problem);
  });
});
