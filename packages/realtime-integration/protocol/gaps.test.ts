import { createMemoryBroker } from '@roomcast/realtime-broker';
import { describe, expect, it } from 'vitest';
import { connectFramed, type FramedConnection } from './framedConnection.ts';
import { handleBroker } from './handledBroker.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const offsets = (framed: FramedConnection, name = room) =>
  framed.publications(name).map(([, , offset]) => offset);
const tenWords = Array.from({ length: 10 }, (_, index) => `word ${index}`);

describe('what was missed is a gap', () => {
  it('`overflow` where history is bounded by count', async () => {
    await using board = await startBoard({ log: { history: { maxPublications: 3 } } });
    const held = await board.position();
    await board.say('1', '2', '3', '4');
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    const position = { ...held, offset: 4 };
    expect(framed.welcome.rooms).toEqual([
      { room, status: 'gap', reason: 'overflow', missed: 4, position, quietForMs: 0 },
    ]);
    await board.say('5');
    await framed.settle();
    expect(offsets(framed)).toEqual([5]);
    // All that was missed by somebody else is still there.
    using other = await connectFramed(board.url, {
      rooms: [{ room, position: { ...held, offset: 2 } }],
    });
    expect(other.welcome.rooms).toMatchObject([{ status: 'resumed' }]);
    expect((await other.received(room, 3)).map(([, , offset]) => offset)).toEqual([3, 4, 5]);
  });

  it('`overflow` where history is bounded by bytes', async () => {
    await using board = await startBoard({ log: { history: { maxBytes: 2_000 } } });
    const held = await board.position();
    await board.say(...tenWords.map((word) => word.padEnd(400, '.')));
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'gap', reason: 'overflow', missed: 10 }]);
  });

  it('`overflow` where history is not kept', async () => {
    await using board = await startBoard({ log: { history: { maxPublications: 0 } } });
    const held = await board.position();
    await board.say('1');
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'gap', reason: 'overflow', missed: 1 }]);
  });

  it('`expired` where history is bounded by age, and not before', async () => {
    await using board = await startBoard({ log: { history: { maxAgeMs: 60_000 } } });
    const held = await board.position();
    await board.say('1');
    board.clock.advance(59_000);
    using early = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(early.welcome.rooms).toMatchObject([{ status: 'resumed', quietForMs: 59_000 }]);
    await early.received(room, 1);
    board.clock.advance(1_000);
    using late = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    const position = { ...held, offset: 1 };
    expect(late.welcome.rooms).toEqual([
      { room, status: 'gap', reason: 'expired', missed: 1, position, quietForMs: 60_000 },
    ]);
  });

  it('`epoch-changed` where the log has forgotten the room, without a count', async () => {
    await using board = await startBoard({ log: { maxRooms: 1 } });
    await board.say('1', '2');
    const held = await board.position();
    await board.manager.broadcastToEvent('2', 'said', { text: 'elsewhere' });
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    const [result] = framed.welcome.rooms;
    const gap = { room, status: 'gap', reason: 'epoch-changed', position: anyStart };
    expect(result).toEqual({ ...gap, quietForMs: 0 });
    expect(result?.position.epoch).not.toBe(held.epoch);
    await board.say('1 again');
    expect((await framed.received(room, 1))[0]?.slice(0, 3)).toEqual(['said', 0, 1]);
    const [frame] = framed.frames('P') as [string, string, unknown][];
    expect(frame?.[1]).toBe(result?.position.epoch);
  });

  it('`limit` where it is more than the client wants', async () => {
    await using board = await startBoard();
    const held = await board.position();
    await board.say(...tenWords);
    const rooms = [{ room, position: held }];
    using modest = await connectFramed(board.url, { rooms, maxReplay: 9 });
    const position = { ...held, offset: 10 };
    expect(modest.welcome.rooms).toMatchObject([
      { status: 'gap', reason: 'limit', missed: 10, position },
    ]);
    using exact = await connectFramed(board.url, { rooms, maxReplay: 10 });
    expect(exact.welcome.rooms).toMatchObject([{ status: 'resumed' }]);
    await exact.received(room, 10);
    await board.say('next');
    for (const framed of [modest, exact]) await framed.settle();
    expect(offsets(modest)).toEqual([11]);
    expect(await modest.join({ room, position: held })).toMatchObject([
      { status: 'gap', reason: 'limit', missed: 11 },
    ]);
  });

  it('`limit` for nothing at all, where the client wants no replay', async () => {
    await using board = await startBoard();
    const held = await board.position();
    using still = await connectFramed(board.url, {
      ...{ rooms: [{ room, position: held }], maxReplay: 0 },
    });
    expect(still.welcome.rooms).toMatchObject([{ status: 'resumed' }]);
    await board.say('1');
    await board.price('A', 9);
    using framed = await connectFramed(board.url, {
      ...{ rooms: [{ room, position: held }], maxReplay: 0 },
    });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'gap', reason: 'limit', missed: 1 }]);
    expect((await framed.received(room, 1))[0]?.slice(0, 3)).toEqual(['priced', 1, 1]);
  });

  it('`limit` in an `R` frame where the budget of the user is spent', async () => {
    await using board = await startBoard({ replayBytesPerMinute: 10_000 });
    const held = await board.position();
    await board.say(...tenWords.map((word) => word.padEnd(800, '.')));
    const rooms = [{ room, position: held }];
    const token = tokenOf('alice');
    using phone = await connectFramed(board.url, { rooms, token });
    await phone.received(room, 10);
    using laptop = await connectFramed(board.url, { rooms, token });
    expect(laptop.welcome.rooms).toContainEqual(expect.objectContaining({ status: 'resumed' }));
    await laptop.raw.next('4R');
    const position = { ...held, offset: 10 };
    expect(laptop.frames('R')).toEqual([
      { result: { room, status: 'gap', reason: 'limit', missed: 10, position } },
    ]);
    await board.say('next');
    await laptop.settle();
    expect(offsets(laptop)).toEqual([11]);
    // Others have budgets of their own, each guest too.
    for (const other of [tokenOf('bob'), null, null]) {
      using framed = await connectFramed(board.url, { rooms, token: other });
      await framed.received(room, 11);
    }
  });
});

describe('a gap in a room that the session is in is told in an `R` frame', () => {
  it('of what could not be followed, where it is lost', async () => {
    const broker = handleBroker(createMemoryBroker({ history: { maxPublications: 2 } }));
    await using board = await startBoard({ broker });
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('1');
    broker.deliver = () => [];
    await board.say('2', '3', '4', '5');
    broker.deliver = (publication) => [publication];
    await broker.tear(room, 'overflow');
    await framed.raw.next('4R');
    await board.say('6');
    await framed.settle();
    const position = await broker.position(room);
    expect(framed.frames('R')).toEqual([
      {
        result: {
          ...{ room, status: 'gap', reason: 'overflow', missed: 4 },
          position: { ...position, offset: 5 },
        },
      },
    ]);
    expect(offsets(framed)).toEqual([1, 6]);
  });

  it('and not where the log still has it: it follows', async () => {
    const broker = handleBroker();
    await using board = await startBoard({ broker });
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('1');
    broker.deliver = () => [];
    await board.say('2', '3');
    broker.deliver = (publication) => [publication];
    await broker.tear(room, 'overflow');
    await framed.received(room, 3);
    await board.say('4');
    await framed.settle();
    expect(offsets(framed)).toEqual([1, 2, 3, 4]);
    expect(framed.frames('R')).toEqual([]);
  });
});

const anyStart = { epoch: expect.any(String), offset: 0, revision: 0 };
