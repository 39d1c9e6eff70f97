import { AssertionError } from 'node:assert/strict';
import type { Publication } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import type { Broker, ReadResult } from '../broker.ts';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';

type Continued = ReadResult & { status: 'continued' };
type Page = (missed: readonly Publication[], limit: number) => readonly Publication[];

interface Behaviour {
  readonly page?: Page;
  readonly change?: (result: Continued, history: readonly Publication[]) => Continued;
}

const nextPage: Page = (missed, limit) => missed.slice(0, limit);

/** A broker that keeps all history and replays it, or not quite. */
function replayingBroker({ page = nextPage, change = (result) => result }: Behaviour): Broker {
  const inner = createMemoryBroker();
  const histories = new Map<string, Publication[]>();

  async function remember(room: string): Promise<void> {
    if (histories.has(room)) return;
    const history: Publication[] = [];
    histories.set(room, history);
    const onPublication = (publication: Publication) => history.push(publication);
    await inner.subscribe(room, { onPublication, onGap: () => {} });
  }

  return {
    ...inner,
    async publish(input) {
      const remembering = remember(input.room);
      const publishing = inner.publish(input);
      return (await Promise.all([publishing, remembering]))[0];
    },
    async read(room, since, limit) {
      const result = await inner.read(room, since, limit);
      const history = histories.get(room) ?? [];
      if (result.status === 'continued') return change(result, history);
      if (!since || result.reason === 'epoch-changed') return result;
      const missed = history.filter(({ delivery, position }) =>
        delivery === 'reliable'
          ? position.offset > since.offset
          : delivery === 'latest' && position.revision > since.revision,
      );
      const { position } = result;
      return change({ status: 'continued', publications: page(missed, limit), position }, history);
    },
  };
}

const casesOf = (behaviour: Behaviour) => brokerConformance(() => replayingBroker(behaviour));

const replay = 'missed reliable publications are replayed exactly, or a gap counts them exactly';
const limited = 'a read returns no more than its limit, and reading on reaches the end';

const faults: readonly { fault: string; behaviour: Behaviour; breaks: string }[] = [
  {
    fault: 'replays everything except the first that was missed',
    behaviour: { page: (missed, limit) => missed.slice(1, limit + 1) },
    breaks: replay,
  },
  {
    fault: 'replays in reverse order',
    behaviour: { page: (missed, limit) => missed.slice(0, limit).reverse() },
    breaks: replay,
  },
  {
    fault: 'replays what came before',
    behaviour: { change: (result, history) => ({ ...result, publications: history }) },
    breaks: replay,
  },
  {
    fault: 'keeps idempotency keys in history',
    behaviour: {
      page: (missed) => missed.map((one) => Object.assign({}, one, { idempotencyKey: 'order-1' })),
    },
    breaks: replay,
  },
  {
    fault: 'ignores the limit',
    behaviour: { page: (missed) => missed },
    breaks: limited,
  },
  {
    fault: 'begins with the newest',
    behaviour: { page: (missed, limit) => missed.slice(-limit) },
    breaks: limited,
  },
  {
    fault: 'calls the end of a page the end of the room',
    behaviour: {
      change: ({ publications, position }) => ({
        status: 'continued',
        publications,
        position: publications.at(-1)?.position ?? position,
      }),
    },
    breaks: limited,
  },
  {
    fault: 'replays history to somebody new',
    behaviour: { change: (result, history) => ({ ...result, publications: history }) },
    breaks: 'reading without a position continues from now, with nothing reliable from before',
  },
  {
    fault: 'hands over an outdated latest value',
    behaviour: { page: (missed) => missed.slice(0, 1) },
    breaks: 'a missed latest value is handed over, or is a gap that misses nothing reliable',
  },
];

describe('a broker that replays what was missed', () => {
  for (const { name, run } of casesOf({})) test(name, run);
});

describe.each(faults)('a broker that $fault', ({ behaviour, breaks }) => {
  test(`breaks the promise that ${breaks}`, async () => {
    const broken = casesOf(behaviour).find(({ name }) => name === breaks);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});
