import { createMemoryBroker } from '@roomcast/realtime-broker';
import { describe, expect, it } from 'vitest';
import { connectFramed, type FramedConnection, type RoomPosition } from './framedConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const texts = (count: number, size = 1) =>
  Array.from({ length: count }, (_, index) => `${index + 1}`.padEnd(size, '.'));

interface Piece {
  readonly status: string;
  readonly publications: readonly (readonly unknown[])[];
  readonly next: RoomPosition;
  readonly position: RoomPosition;
}

async function read(framed: FramedConnection, request: object): Promise<Piece> {
  return (await framed.ask('roomcast:history', { room, ...request })).value as Piece;
}

describe('`roomcast:history`', () => {
  it('reads a piece of the log of a room that one is not in', async () => {
    await using board = await startBoard();
    const since = await board.position();
    await board.say('one', 'two');
    await board.price('A', 9);
    using framed = await connectFramed(board.url);
    const at = board.clock.now();
    const position = { ...since, offset: 2, revision: 1 };
    expect(await framed.ask('roomcast:history', { room, since })).toEqual({
      ok: true,
      value: {
        ...{ status: 'continued', epoch: since.epoch, next: position, position },
        publications: [
          ['said', 0, 1, at, { text: 'one' }],
          ['said', 0, 2, at, { text: 'two' }],
          ['priced', 1, 1, at, { row: 'A', price: 9 }, { key: 'A' }],
        ],
      },
    });
    await board.say('three');
    await framed.settle();
    expect(framed.frames('P')).toEqual([]);
    expect(board.manager.getActiveRooms()).toEqual([]);
  });

  it('is empty at the end of the log, where `next` equals `position`', async () => {
    await using board = await startBoard();
    await board.say('one');
    const since = await board.position();
    using framed = await connectFramed(board.url);
    expect(await read(framed, { since })).toEqual({
      ...{ status: 'continued', epoch: since.epoch, publications: [] },
      ...{ next: since, position: since },
    });
  });

  it('answers with as many as are asked for, and says where to read on', async () => {
    await using board = await startBoard();
    const since = await board.position();
    await board.say(...texts(5));
    using framed = await connectFramed(board.url);
    const offsets: unknown[] = [];
    let next = since;
    for (let round = 0; round < 3; round += 1) {
      const piece = await read(framed, { since: next, limit: 2 });
      offsets.push(piece.publications.map((tuple) => tuple[2]));
      ({ next } = piece);
      expect(piece.position).toEqual({ ...since, offset: 5 });
    }
    expect(offsets).toEqual([[1, 2], [3, 4], [5]]);
    expect(next).toEqual({ ...since, offset: 5 });
  });

  it('answers with 300 at most, and 256 KiB', async () => {
    await using board = await startBoard({ log: { history: { maxBytes: 64 * 1024 * 1024 } } });
    const since = await board.position();
    await board.say(...texts(302));
    using framed = await connectFramed(board.url);
    expect((await read(framed, { since })).publications).toHaveLength(300);
    await board.say(...texts(3, 100_000));
    const large = await read(framed, { since: { ...since, offset: 302 } });
    expect(large.publications).toHaveLength(2);
    expect(large.next).toMatchObject({ offset: 304 });
  });

  it('changes nothing for who is in the room', async () => {
    await using board = await startBoard();
    const since = await board.position();
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('one');
    expect((await read(framed, { since })).publications).toHaveLength(1);
    await board.say('two');
    await framed.settle();
    expect(framed.publications(room)).toHaveLength(2);
  });

  it('says where the log does not reach back, why, and where to read on', async () => {
    await using board = await startBoard({ log: { history: { maxPublications: 2 } } });
    const since = await board.position();
    await board.say(...texts(5));
    using framed = await connectFramed(board.url);
    expect(await read(framed, { since })).toEqual({
      ...{ status: 'gap', reason: 'overflow', missed: 5, position: { ...since, offset: 5 } },
    });
    expect(await read(framed, { since: { ...since, offset: 3 } })).toMatchObject({
      status: 'continued',
    });
  });

  it('says that it expired', async () => {
    await using board = await startBoard();
    const since = await board.position();
    await board.say('one');
    board.clock.advance(120_000);
    using framed = await connectFramed(board.url);
    expect(await read(framed, { since })).toMatchObject({
      ...{ status: 'gap', reason: 'expired', missed: 1, position: { ...since, offset: 1 } },
    });
  });

  it.each([
    ['another epoch', { epoch: 'another' }],
    ['what is ahead of the room', { offset: 2 }],
  ])('says of %s that the epoch has changed, without a count', async (_, fields) => {
    await using board = await startBoard();
    await board.say('one');
    const position = await board.position();
    using framed = await connectFramed(board.url);
    expect(await read(framed, { since: { ...position, ...fields } })).toEqual({
      ...{ status: 'gap', reason: 'epoch-changed', position },
    });
  });

  it('is charged to the budget of the user', async () => {
    const log = { history: { maxBytes: 64 * 1024 * 1024 } };
    await using board = await startBoard({ log, replayBytesPerMinute: 3_000 });
    const since = await board.position();
    await board.say(...texts(2, 1_000));
    using framed = await connectFramed(board.url, { token: tokenOf('alice') });
    expect((await read(framed, { since })).publications).toHaveLength(2);
    const position = { ...since, offset: 2 };
    expect(await read(framed, { since })).toEqual({
      ...{ status: 'gap', reason: 'limit', missed: 2, position },
    });
  });

  it.each([
    ['team-1', 'a guest', null, 'UNAUTHENTICATED'],
    ['team-1', 'a user', tokenOf('alice'), 'FORBIDDEN'],
    ['user-bob', 'another user', tokenOf('alice'), 'FORBIDDEN'],
    ['nowhere-1', 'anybody', null, 'INVALID_ROOM'],
  ])('of %s is refused to %s as a join is', async (name, _, token, code) => {
    await using board = await startBoard();
    const since = await board.position();
    using framed = await connectFramed(board.url, { token });
    expect(await framed.ask('roomcast:history', { room: name, since })).toEqual(failure(code));
  });

  const since = { epoch: 'e', offset: 0, revision: 0 };
  it.each<[unknown]>([
    [null],
    [room],
    [{ room }],
    [{ since }],
    [{ room, since: null }],
    [{ room, since: { ...since, offset: -1 } }],
    [{ room, since: { ...since, epoch: 'x'.repeat(65) } }],
    [{ room, since, limit: 0 }],
    [{ room, since, limit: 301 }],
    [{ room, since, limit: 1.5 }],
    [{ room, since, limit: '2' }],
    [{ room: 7, since }],
    [{ room: 'x'.repeat(256), since }],
  ])('has a form, which %j is not', async (request) => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url);
    expect(await framed.ask('roomcast:history', request)).toEqual(failure('INVALID_ROOM'));
  });
});

it('a log that cannot be read is told as INTERNAL, and not in words', async () => {
  const broker = createMemoryBroker();
  const failing = { ...broker, read: () => Promise.reject(new Error('password of the log')) };
  await using board = await startBoard({ broker: failing });
  const since = await broker.position(room);
  using framed = await connectFramed(board.url);
  const answers = [
    (await framed.ask('roomcast:history', { room, since })).error,
    (await framed.join({ room }))[0]?.error,
  ];
  expect(answers).toMatchObject([{ code: 'INTERNAL' }, { code: 'INTERNAL' }]);
  expect(JSON.stringify(answers)).not.toContain('password');
});
