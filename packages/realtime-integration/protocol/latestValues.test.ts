import { describe, expect, it } from 'vitest';
import { connectFramed, type FramedConnection } from './framedConnection.ts';
import { room, startBoard } from './startBoard.ts';

/** What a client makes of the values: the row, its price, and its revision. */
const values = (framed: FramedConnection) =>
  framed
    .publications(room)
    .map(([, , revision, , payload, header]) => [
      ...[revision, header?.key],
      header?.removed ? 'removed' : (payload as { price: number }).price,
    ]);

describe('the `latest` values of a room', () => {
  it('are sent to somebody new: the newest of each key, in the order of their revisions', async () => {
    await using board = await startBoard();
    await board.price('A', 1);
    await board.price('B', 2);
    await board.say('one');
    await board.price('A', 3);
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    const [result] = framed.welcome.rooms;
    expect(result).toMatchObject({ status: 'fresh', position: { offset: 1 } });
    expect(result?.position.revision).toBeLessThan(2);
    await framed.received(room, 2);
    await board.price('B', 4);
    await framed.settle();
    expect(values(framed)).toEqual([
      [2, 'B', 2],
      [3, 'A', 3],
      [4, 'B', 4],
    ]);
  });

  it('are sent to who comes back: those that changed, behind the reliable ones', async () => {
    await using board = await startBoard();
    await board.price('A', 1);
    await board.price('B', 2);
    const held = await board.position();
    await board.price('B', 3);
    await board.say('one');
    await board.price('C', 4);
    await board.price('B', 5);
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(framed.welcome.rooms).toMatchObject([
      { status: 'resumed', position: { offset: 1, revision: 5 } },
    ]);
    const tuples = await framed.received(room, 3);
    expect(tuples.map(([event, , counter]) => [event, counter])).toEqual([
      ['said', 1],
      ['priced', 4],
      ['priced', 5],
    ]);
    await framed.settle();
    expect(framed.publications(room)).toHaveLength(3);
  });

  it('that were removed are told as such to who may hold them, and are none for somebody new', async () => {
    await using board = await startBoard();
    await board.price('A', 1);
    await board.price('B', 2);
    const held = await board.position();
    using member = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    await board.removePrice('A');
    using returned = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    using newcomer = await connectFramed(board.url, { rooms: [{ room }] });
    for (const framed of [member, returned, newcomer]) await framed.received(room, 1);
    for (const framed of [member, returned, newcomer]) await framed.settle();
    const removal = ['priced', 1, 3, board.clock.now(), null, { key: 'A', removed: true }];
    expect(member.publications(room)).toEqual([removal]);
    expect(returned.publications(room)).toEqual([removal]);
    const rows = new Map(values(newcomer).map(([, row, price]) => [row, price]));
    expect(rows.get('B')).toBe(2);
    expect(rows.get('A') ?? 'removed').toBe('removed');
  });

  it('follow a gap too, as far as the client does not have them', async () => {
    await using board = await startBoard({ log: { history: { maxPublications: 1 } } });
    await board.price('A', 1);
    const held = await board.position();
    await board.say('one', 'two');
    await board.price('B', 2);
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    const [result] = framed.welcome.rooms;
    expect(result).toMatchObject({ status: 'gap', reason: 'overflow', position: { offset: 2 } });
    await framed.received(room, 1);
    await framed.settle();
    expect(values(framed)).toEqual([[2, 'B', 2]]);
    expect(result?.position.revision).toBeLessThan(2);
  });

  it('come in pages too', async () => {
    await using board = await startBoard();
    for (let row = 1; row <= 310; row += 1) await board.price(`${row}`, row);
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await framed.received(room, 310);
    const pages = framed.frames('P') as [string, string, unknown[]][];
    expect(pages.map(([, , tuples]) => tuples.length)).toEqual([300, 10]);
    expect(values(framed).map(([revision]) => revision)).toEqual(
      Array.from({ length: 310 }, (_, index) => index + 1),
    );
  });

  it('that history has lost are a gap, which tells of nothing else', async () => {
    await using board = await startBoard({ log: { latest: { maxKeys: 2 } } });
    const held = await board.position();
    for (const row of ['A', 'B', 'C', 'D']) await board.price(row, 1);
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'gap', reason: 'overflow', missed: 0 }]);
    await framed.received(room, 2);
    await framed.settle();
    expect(values(framed).map(([, key]) => key)).toEqual(['C', 'D']);
  });
});

describe('a `volatile` publication', () => {
  it('reaches who is there, and is never sent again', async () => {
    await using board = await startBoard();
    const start = await board.position();
    using member = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('one');
    await board.type('alice');
    await board.say('two');
    expect((await member.received(room, 3)).map(([event]) => event)).toEqual([
      ...['said', 'typing', 'said'],
    ]);
    using returned = await connectFramed(board.url, { rooms: [{ room, position: start }] });
    await returned.received(room, 2);
    await returned.settle();
    expect(returned.publications(room).map(([event]) => event)).toEqual(['said', 'said']);
    expect(await board.position()).toMatchObject({ offset: 2, revision: 0 });
  });
});
