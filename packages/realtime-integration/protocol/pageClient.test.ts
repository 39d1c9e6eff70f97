import { createMemoryBroker } from '@roomcast/realtime-broker';
import type { Publication } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import type { RoomOutcome } from './framedConnection.ts';
import { handleBroker } from './handledBroker.ts';
import { startPageClient } from './pageClient.ts';
import { type BoardOptions, room, startBoard, tokenOf } from './startBoard.ts';

/** A board and a client of the page that is in `event-1`. */
async function startPage(options: BoardOptions = {}, getToken?: () => string) {
  const board = await startBoard(options);
  const heard: unknown[] = [];
  const gaps: RoomOutcome[] = [];
  let online = Promise.resolve();
  let goOnline = () => {};
  const client = startPageClient({
    ...{ url: board.url, rooms: [room], ...(getToken && { getToken }) },
    whenOnline: () => online,
    news: {
      onEvent: (_, event, payload) => heard.push(event === 'said' ? text(payload) : payload),
      onGap: (outcome) => gaps.push(outcome),
    },
  });
  await client.connected();
  return {
    ...{ board, client, heard, gaps },
    /** Cuts the connection and resolves when the server has noticed, while the client is away. */
    async cut() {
      online = new Promise((resolve) => {
        goOnline = resolve;
      });
      client.cut();
      await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
    },
    /** Lets the client come back and resolves when it is welcome. */
    async back() {
      goOnline();
      await client.connected();
    },
    /** Waits until it has heard all that was ever published. */
    async isUpToDate() {
      await eventually(async () => expect(client.position(room)).toEqual(await board.position()));
    },
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await board[Symbol.asyncDispose]();
    },
  };
}

const text = (payload: unknown) => (payload as { text: string }).text;

describe('a client that knows nothing but the page', () => {
  it('misses nothing over 20 cuts in a row with no new event between them', async () => {
    await using page = await startPage();
    const { board, heard } = page;
    await board.say('before');
    await page.isUpToDate();
    for (let round = 0; round < 20; round += 1) {
      await page.cut();
      await page.back();
    }
    await page.cut();
    await board.say('while away');
    await page.back();
    // By itself: the next publication would show the hole.
    await page.isUpToDate();
    await board.say('after');
    await page.isUpToDate();
    expect(heard).toEqual(['before', 'while away', 'after']);
    expect(page.gaps).toEqual([]);
  });

  it('misses nothing over cuts with something else between them', async () => {
    await using page = await startPage(
      { actions: { say: ({ text: said }) => ({ length: said.length }) } },
      () => tokenOf('alice'),
    );
    const { board, client, heard } = page;
    await board.say('one');
    await page.isUpToDate();
    const between = [
      async () => {
        await board.type('a volatile one');
        await eventually(() => expect(heard).toContain('a volatile one'));
      },
      () => client.call('say', { text: 'an action' }),
      // A text in the last place, which Socket.IO's own recovery takes for an offset.
      () => board.manager.broadcastToEvent('1', 'titled', 'a text'),
      () => board.price('A', 9),
    ];
    for (const act of between) {
      await page.cut();
      await page.back();
      await act();
    }
    await eventually(() => expect(heard).toHaveLength(4));
    await page.cut();
    await board.say('two');
    await board.price('A', 10);
    await page.back();
    await page.isUpToDate();
    expect(heard).toEqual([
      ...['one', 'a volatile one', 'a text', { row: 'A', price: 9 }],
      ...['two', { row: 'A', price: 10 }],
    ]);
    expect(page.gaps).toEqual([]);
  });

  it('misses nothing although it was quiet for longer than history reaches back', async () => {
    await using page = await startPage();
    const { board, heard, gaps } = page;
    await board.say('one');
    await page.isUpToDate();
    board.clock.advance(24 * 60 * 60_000);
    await page.cut();
    await board.say('two');
    await page.back();
    await page.isUpToDate();
    expect(heard).toEqual(['one', 'two']);
    expect(gaps).toEqual([]);
  });

  it('misses nothing although it had received nothing before the cut', async () => {
    await using page = await startPage();
    await page.cut();
    await page.board.say('one', 'two');
    await page.back();
    await page.isUpToDate();
    expect(page.heard).toEqual(['one', 'two']);
    expect(page.gaps).toEqual([]);
  });

  it('misses nothing that is published in the midst of cuts', async () => {
    await using page = await startPage({ log: { history: { maxPublications: 5_000 } } });
    const { board, client, heard } = page;
    const sent: string[] = [];
    for (let round = 0; round < 20; round += 1) {
      const texts = Array.from({ length: 40 }, (_, index) => `${round}.${index}`);
      sent.push(...texts);
      const publishing = board.say(...texts);
      if (round % 2 === 0) client.cut();
      await publishing;
      if (round % 4 === 0) await client.connected();
      else client.cut();
    }
    await page.isUpToDate();
    expect(heard).toEqual(sent);
    expect(page.gaps).toEqual([]);
  });

  it('is told that a room was forgotten and created again, and goes on', async () => {
    await using page = await startPage({ log: { maxRooms: 1 } });
    const { board, client, heard, gaps } = page;
    await board.say('one', 'two');
    await page.isUpToDate();
    const held = client.position(room);
    await page.cut();
    await board.manager.broadcastToEvent('2', 'said', { text: 'elsewhere' });
    await board.say('lost');
    await page.back();
    await board.say('a new life');
    await page.isUpToDate();
    expect(gaps).toMatchObject([{ room, status: 'gap', reason: 'epoch-changed' }]);
    expect(client.position(room)?.epoch).not.toBe(held?.epoch);
    expect(heard).toEqual(['one', 'two', 'a new life']);
  });

  it('is told how many it has missed where history does not reach back', async () => {
    await using page = await startPage({ log: { history: { maxPublications: 2 } } });
    const { board, gaps, heard } = page;
    await board.say('one');
    await page.isUpToDate();
    await page.cut();
    await board.say('2', '3', '4', '5');
    await page.back();
    await board.say('six');
    await page.isUpToDate();
    expect(gaps).toMatchObject([{ reason: 'overflow', missed: 4 }]);
    expect(heard).toEqual(['one', 'six']);
  });

  it('goes on with another token, and misses nothing', async () => {
    const tokens = [tokenOf('alice', { expiresInMs: 1_000 }), tokenOf('alice')];
    await using page = await startPage({}, () => tokens.shift() ?? '');
    const { board, heard } = page;
    await board.say('one');
    await page.isUpToDate();
    board.clock.advance(1_000);
    await board.say('two');
    await page.isUpToDate();
    await board.say('three');
    await page.isUpToDate();
    expect(heard).toEqual(['one', 'two', 'three']);
    expect(board.manager.getConnectionCount()).toBe(1);
  });
});

describe('what a server loses or does twice, the page lets a client notice', () => {
  const faults: [string, (publication: Publication) => Publication[]][] = [
    ['some are lost', (one) => (one.position.offset % 3 === 0 ? [] : [one])],
    [
      'some are of another epoch',
      (one) =>
        one.position.offset % 3 === 0
          ? [{ ...one, position: { ...one.position, epoch: 'another' } }]
          : [one],
    ],
    ['all come twice', (one) => [one, one]],
    [
      'an old one comes again',
      (one) => [one, { ...one, position: { ...one.position, offset: 1 } }],
    ],
  ];

  it.each(faults)('%s', async (_, fault) => {
    const broker = handleBroker(createMemoryBroker());
    await using page = await startPage({ broker });
    const { board, heard } = page;
    broker.deliver = fault;
    const sent = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
    await board.say(...sent);
    await page.isUpToDate();
    expect(heard).toEqual(sent);
  });

  it('two change places', async () => {
    const broker = handleBroker(createMemoryBroker());
    await using page = await startPage({ broker });
    const kept: Publication[] = [];
    broker.deliver = (one) => {
      if (one.position.offset % 2 === 1 && kept.length === 0) kept.push(one);
      else return [one, ...kept.splice(0)];
      return [];
    };
    const sent = Array.from({ length: 20 }, (_, index) => `${index + 1}`);
    await page.board.say(...sent);
    await page.isUpToDate();
    expect(page.heard).toEqual(sent);
  });
});
