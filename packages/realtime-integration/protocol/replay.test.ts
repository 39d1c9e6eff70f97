import { createMemoryBroker } from '@roomcast/realtime-broker';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed, type FramedConnection } from './framedConnection.ts';
import { handleBroker } from './handledBroker.ts';
import { room, startBoard } from './startBoard.ts';

const texts = (count: number, size = 1) =>
  Array.from({ length: count }, (_, index) => `${index + 1}`.padEnd(size, '.'));
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const offsets = (framed: FramedConnection) =>
  framed.publications(room).map(([, , offset]) => offset);
const pages = (framed: FramedConnection) =>
  (framed.frames('P') as [string, string, unknown[]][]).map(([, , tuples]) => tuples.length);
const history = { maxPublications: 10_000, maxBytes: 64 * 1024 * 1024 };

describe('what was missed', () => {
  it('comes in pages of at most 300 publications', async () => {
    await using board = await startBoard({ log: { history } });
    const position = await board.position();
    await board.say(...texts(700));
    using framed = await connectFramed(board.url, { rooms: [{ room, position }] });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'resumed', position: { offset: 700 } }]);
    await framed.received(room, 700);
    expect(pages(framed)).toEqual([300, 300, 100]);
    expect(offsets(framed)).toEqual(upTo(700));
  });

  it('comes in pages of at most 256 KiB, and one that is larger comes alone', async () => {
    await using board = await startBoard({ log: { history } });
    const position = await board.position();
    await board.say(...texts(5, 100_000), 'x'.repeat(300_000), 'small');
    using framed = await connectFramed(board.url, { rooms: [{ room, position }] });
    await framed.received(room, 7);
    expect(pages(framed)).toEqual([2, 2, 1, 1, 1]);
    expect(offsets(framed)).toEqual(upTo(7));
  });

  it('is all there, in order and once, while others publish', async () => {
    await using board = await startBoard({ log: { history } });
    const position = await board.position();
    await board.say(...texts(650));
    let isOver = false;
    let count = 650;
    const publishing = (async () => {
      for (; !isOver; count += 1) {
        await board.say(`${count}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    using framed = await connectFramed(board.url, { rooms: [{ room, position }] });
    await framed.received(room, 650);
    for (let round = 0; round < 5; round += 1) await framed.join({ room: 'event-2' });
    isOver = true;
    await publishing;
    await framed.received(room, count);
    await framed.settle();
    expect(count).toBeGreaterThan(650);
    expect(offsets(framed)).toEqual(upTo(count));
  });

  it('is not overtaken by what is published while a page is on its way', async () => {
    await using held = await holdSecondPage();
    const { board, framed } = held;
    await board.say('401', '402');
    // Nobody keeps it for who is behind.
    await board.type('alice');
    await framed.settle();
    expect(offsets(framed)).toEqual(upTo(300));
    held.release();
    await framed.received(room, 402);
    await board.say('403');
    await framed.settle();
    expect(offsets(framed)).toEqual(upTo(403));
  });

  it('is a gap from where it is trimmed before its page is read', async () => {
    await using held = await holdSecondPage();
    const { board, framed } = held;
    await board.say(...texts(350));
    held.release();
    await framed.raw.next('4R');
    await board.say('751');
    await framed.settle();
    const position = { ...held.start, offset: 750 };
    expect(framed.frames('R')).toEqual([
      { result: { room, status: 'gap', reason: 'overflow', missed: 450, position } },
    ]);
    expect(offsets(framed)).toEqual([...upTo(300), 751]);
    // In the place of what is lost, and before what follows it.
    const frames = framed.raw.messages.filter((message) => /^4[PR]/.test(message));
    expect(frames.map((message) => message[1])).toEqual(['P', 'R', 'P']);
  });

  it('does not come any more where the room is left meanwhile', async () => {
    await using held = await holdSecondPage();
    const { board, framed } = held;
    await framed.ask('roomcast:leave', [room]);
    held.release();
    await board.say('401');
    await framed.settle();
    expect(offsets(framed)).toEqual(upTo(300));
    expect(board.manager.getActiveRooms()).toEqual(['event-2']);
  });

  it('comes from the newest position where the room is asked for again meanwhile', async () => {
    await using held = await holdSecondPage();
    const { framed, start } = held;
    expect(await framed.join({ room, position: { ...start, offset: 390 } })).toMatchObject([
      { status: 'resumed' },
    ]);
    held.release();
    await framed.received(room, 310);
    await held.board.say('401');
    await framed.settle();
    expect(offsets(framed)).toEqual([...upTo(300), ...upTo(401).slice(390)]);
  });

  it('waits with its next page for a client that does not read', async () => {
    const broker = handleBroker(createMemoryBroker({ history }));
    await using board = await startBoard({ broker, replayBytesPerMinute: history.maxBytes });
    const position = await broker.position(room);
    await board.say(...texts(100, 200_000));
    using framed = await connectFramed(board.url);
    using witness = await connectFramed(board.url);
    framed.raw.pause();
    framed.raw.send(`420${JSON.stringify(['roomcast:join', [{ room, position }]])}`);
    const reads = await untilStill(() => broker.reads, witness);
    // What the machine takes off the server’s hands is a few megabytes; 20 are waiting.
    expect(reads).toBeGreaterThan(1);
    expect(reads).toBeLessThan(60);
    await board.say('101');
    framed.raw.resume();
    await framed.received(room, 101);
    await framed.settle();
    expect(offsets(framed)).toEqual(upTo(101));
    expect(broker.reads).toBeGreaterThan(95);
  });
});

/** A session that has received the first page of two; the second is not read yet. */
async function holdSecondPage() {
  const bounds = { ...history, maxPublications: 400 };
  const broker = handleBroker(createMemoryBroker({ history: bounds }));
  const board = await startBoard({ broker });
  const start = await broker.position(room);
  await board.say(...texts(400));
  const framed = await connectFramed(board.url, { rooms: [{ room: 'event-2' }] });
  const release = broker.holdReadAfter(1);
  await framed.join({ room, position: start });
  await framed.received(room, 300);
  await eventually(() => expect(broker.reads).toBe(3));
  return {
    ...{ board, framed, start, release },
    async [Symbol.asyncDispose]() {
      release();
      framed[Symbol.dispose]();
      await board[Symbol.asyncDispose]();
    },
  };
}

/** Waits until a count has not moved for as long as somebody else needs for 30 requests. */
async function untilStill(count: () => number, witness: FramedConnection): Promise<number> {
  for (let before = -1; before !== count(); ) {
    before = count();
    for (let round = 0; round < 30; round += 1) await witness.settle();
  }
  return count();
}
