import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from './framedConnection.ts';
import { handleBroker } from './handledBroker.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const refused = (name: string, code: string) => ({
  ...{ room: name, status: 'refused' },
  error: { code, message: expect.any(String) },
});
const texts = (tuples: readonly (readonly unknown[])[]) =>
  tuples.map((tuple) => (tuple[4] as { text: string }).text);

describe('a room that is asked for', () => {
  it('without a position is fresh: what follows begins after its position', async () => {
    await using board = await startBoard();
    await board.say('one', 'two');
    using framed = await connectFramed(board.url);
    const [result] = await framed.join({ room });
    const position = await board.position();
    expect(result).toEqual({ room, status: 'fresh', position, quietForMs: 0 });
    expect(position.offset).toBe(2);
    await board.say('three');
    const [tuple] = await framed.received(room, 1);
    expect(tuple).toEqual(['said', 0, 3, board.clock.now(), { text: 'three' }]);
    expect(framed.frames('P')).toEqual([[room, position.epoch, [tuple]]]);
  });

  it('has a position too where nothing was ever published', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url);
    board.clock.advance(5_000);
    const [result] = await framed.join({ room });
    const position = await board.position();
    // Quiet for as long as the log would know of anything.
    expect(result).toEqual({ room, status: 'fresh', position, quietForMs: 5_000 });
    expect(result?.position).toMatchObject({ offset: 0, revision: 0 });
  });

  it('with the position where it stands is resumed, and nothing follows', async () => {
    await using board = await startBoard();
    await board.say('one');
    await board.price('A', 9);
    const position = await board.position();
    using framed = await connectFramed(board.url, { rooms: [{ room, position }] });
    expect(framed.welcome.rooms).toMatchObject([{ room, status: 'resumed', position }]);
    await framed.settle();
    expect(framed.frames('P')).toEqual([]);
  });

  it('with an earlier position is resumed, and all that was missed follows in order', async () => {
    await using board = await startBoard();
    await board.say('one');
    const held = await board.position();
    await board.say('two', 'three', 'four');
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    const position = { ...held, offset: 4 };
    expect(framed.welcome.rooms).toMatchObject([{ room, status: 'resumed', position }]);
    const tuples = await framed.received(room, 3);
    expect(tuples.map(([, , offset]) => offset)).toEqual([2, 3, 4]);
    await board.say('five');
    expect(texts(await framed.received(room, 4))).toEqual(['two', 'three', 'four', 'five']);
  });

  it('says for how long it has been quiet', async () => {
    await using board = await startBoard();
    await board.say('one');
    const held = await board.position();
    board.clock.advance(60_000);
    using framed = await connectFramed(board.url, { rooms: [{ room, position: held }] });
    expect(framed.welcome.rooms).toMatchObject([{ status: 'resumed', quietForMs: 60_000 }]);
  });

  it.each([
    ['another epoch', { epoch: 'another' }],
    ['an offset ahead of the room', { offset: 4 }],
    ['a revision ahead of the room', { revision: 2 }],
    ['counters that are as high as they can be', { offset: 2 ** 53 - 1, revision: 2 ** 53 - 1 }],
    ['the name of a prototype for its epoch', { epoch: '__proto__', offset: 0, revision: 0 }],
  ])('with a position of %s is a gap: its counters began anew', async (_, fields) => {
    await using board = await startBoard();
    await board.say('one', 'two', 'three');
    await board.price('A', 9);
    const now = await board.position();
    using framed = await connectFramed(board.url);
    const [result] = await framed.join({ room, position: { ...now, ...fields } });
    const { position, ...rest } = result!;
    expect(rest).toEqual({ room, status: 'gap', reason: 'epoch-changed', quietForMs: 0 });
    expect(position).toMatchObject({ epoch: now.epoch, offset: 3 });
    // What it holds of another life is worth nothing: the values follow.
    const [tuple] = await framed.received(room, 1);
    expect(tuple?.slice(0, 3)).toEqual(['priced', 1, 1]);
  });

  it('is refused by itself among good ones, and the answer keeps the order', async () => {
    const authorise = vi.fn((_: unknown, asked: readonly unknown[]) => asked.map(() => false));
    await using board = await startBoard({ authorise });
    using framed = await connectFramed(board.url, { token: tokenOf('alice') });
    const names = ['team-1', room, 'user-bob', 'nowhere-1', 'user-alice', 'event-', 'event-2'];
    const results = await framed.join(...names.map((name) => ({ room: name })));
    expect(results.map(({ room: name }) => name)).toEqual(names);
    expect(results.map(({ status, error }) => error?.code ?? status)).toEqual([
      ...['FORBIDDEN', 'fresh', 'FORBIDDEN', 'INVALID_ROOM', 'fresh', 'INVALID_ROOM', 'fresh'],
    ]);
    expect(results[0]).toEqual(refused('team-1', 'FORBIDDEN'));
    // The room of another user is never asked about, and all others are at once.
    expect(authorise.mock.calls.map(([, asked]) => asked)).toEqual([
      [{ kind: 'team', params: { teamId: '1' } }],
    ]);
  });

  it('is refused to a guest unless it is public', async () => {
    await using board = await startBoard({ authorise: (_, asked) => asked.map(() => true) });
    using guest = await connectFramed(board.url);
    const names = ['team-1', 'user-alice', 'global'];
    const results = await guest.join(...names.map((name) => ({ room: name })));
    expect(results).toEqual(names.map((name) => refused(name, 'UNAUTHENTICATED')));
    using alice = await connectFramed(board.url, { token: tokenOf('alice') });
    expect(await alice.join({ room: 'team-1' })).toMatchObject([{ status: 'fresh' }]);
  });

  it('is refused with INTERNAL where `authorise` gives no answer in time', async () => {
    const asked = vi.fn();
    await using board = await startBoard({
      authorise: () => new Promise(() => asked()),
      authorisationTimeoutMs: 5_000,
    });
    using framed = await connectFramed(board.url, { token: tokenOf('alice') });
    const answer = framed.join({ room: 'team-1' }, { room });
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    board.clock.advance(5_000);
    expect(await answer).toMatchObject([refused('team-1', 'INTERNAL'), { status: 'fresh' }]);
  });

  it.each([
    ['event-..%2F', 'fresh'],
    ['event-%00', 'fresh'],
    [`event-${'x'.repeat(200)}`, 'fresh'],
    [`event-${'%C3%A9'.repeat(33)}`, 'fresh'],
    [`event-${'x'.repeat(201)}`, 'INVALID_ROOM'],
    [`seat-${'x'.repeat(125)}:${'x'.repeat(124)}`, 'fresh'],
    [`seat-${'x'.repeat(125)}:${'x'.repeat(125)}`, 'INVALID_HANDSHAKE'],
    ['event-../', 'INVALID_ROOM'],
    ['event-%41', 'INVALID_ROOM'],
    ['event-%c3%a9', 'INVALID_ROOM'],
    ['event-%', 'INVALID_ROOM'],
    ['event-é', 'INVALID_ROOM'],
    ['event-1 ', 'INVALID_ROOM'],
    ['Event-1', 'INVALID_ROOM'],
    ['__proto__', 'INVALID_ROOM'],
  ])('as %s is %s: a name has one spelling', async (name, expected) => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url);
    const { value = [], error } = await framed.ask('roomcast:join', [{ room: name }]);
    const [result] = value as { status: string; error?: { code: string } }[];
    expect(error?.code ?? result?.error?.code ?? result?.status).toBe(expected);
  });

  it.each<[string, unknown]>([
    ['no list', { room }],
    ['nothing', null],
    ['names', [room]],
    ['a room twice', [{ room }, { room }]],
    ['129 rooms', Array.from({ length: 129 }, (_, index) => ({ room: `event-${index}` }))],
    ['a position without its form', [{ room, position: { epoch: 'e', offset: -1, revision: 0 } }]],
    [
      'an epoch of 65 characters',
      [{ room, position: { epoch: 'x'.repeat(65), offset: 0, revision: 0 } }],
    ],
  ])('in a list of another form, %s, is refused with all others', async (_, list) => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url);
    expect(await framed.ask('roomcast:join', list)).toEqual(failure('INVALID_HANDSHAKE'));
    expect(board.manager.getActiveRooms()).toEqual([]);
  });

  it('is answered before anything of it is written', async () => {
    await using board = await startBoard();
    await board.say('one', 'two');
    await board.price('A', 9);
    const start = { ...(await board.position()), offset: 0, revision: 0 };
    using framed = await connectFramed(board.url);
    await framed.join({ room, position: start });
    await framed.received(room, 3);
    const kinds = framed.raw.messages.map((message) => message.slice(0, 2));
    expect(kinds.slice(3)).toEqual(['43', '4P']);
  });
});

describe('what is published while a room is joined', () => {
  it.each([
    ['before its log is read', 0, { offset: 1 }, []],
    ['when its log was read', 1, { offset: 0 }, [1]],
  ])('%s is on one side of its position, and never on both', async (_, held, position, offsets) => {
    const broker = handleBroker();
    await using board = await startBoard({ broker });
    using framed = await connectFramed(board.url);
    const release = broker.holdReadAfter(held);
    const answer = framed.join({ room }, { room: 'event-2' });
    await eventually(() => expect(broker.reads).toBe(2));
    await board.say('one');
    release();
    expect(await answer).toMatchObject([{ status: 'fresh', position }, { status: 'fresh' }]);
    await framed.settle();
    expect(framed.publications(room).map(([, , offset]) => offset)).toEqual(offsets);
  });
});

describe('a room that the session is in already', () => {
  it('may be asked for again, and begins anew at the position of the request', async () => {
    await using board = await startBoard();
    const start = await board.position();
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('one', 'two', 'three');
    await framed.received(room, 3);
    const [result] = await framed.join({ room, position: { ...start, offset: 1 } });
    expect(result).toMatchObject({ status: 'resumed', position: { offset: 3 } });
    await framed.received(room, 5);
    await board.say('four');
    await framed.settle();
    expect(texts(framed.publications(room))).toEqual([
      ...['one', 'two', 'three', 'two', 'three', 'four'],
    ]);
  });

  it('goes on from where it stands where the request has no position', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    await board.say('one');
    expect(await framed.join({ room })).toMatchObject([
      { status: 'fresh', position: { offset: 1 } },
    ]);
    await board.say('two');
    await framed.settle();
    expect(texts(framed.publications(room))).toEqual(['one', 'two']);
  });

  it('is left where it is refused then', async () => {
    const allowed = new Set(['alice']);
    await using board = await startBoard({
      authorise: ({ user }, asked) => asked.map(() => allowed.has(user?.id ?? '')),
    });
    using alice = await connectFramed(board.url, {
      ...{ token: tokenOf('alice'), rooms: [{ room: 'team-1' }] },
    });
    allowed.clear();
    expect(await alice.join({ room: 'team-1' })).toEqual([refused('team-1', 'FORBIDDEN')]);
    await board.manager.publish({
      ...{ room: 'team-1', event: 'planned', payload: { text: 'secret' }, delivery: 'reliable' },
    });
    await alice.settle();
    expect(alice.publications('team-1')).toEqual([]);
    expect(board.manager.getActiveRooms()).not.toContain('team-1');
  });

  it('is left where it is judged anew and refused, and an `R` frame says so', async () => {
    const allowed = new Set(['alice']);
    await using board = await startBoard({
      authorise: ({ user }, asked) => asked.map(() => allowed.has(user?.id ?? '')),
    });
    using alice = await connectFramed(board.url, {
      ...{ token: tokenOf('alice'), rooms: [{ room: 'team-1' }, { room }] },
    });
    allowed.clear();
    await board.manager.sessions.reauthorise('alice');
    await alice.settle();
    expect(alice.frames('R')).toEqual([{ result: refused('team-1', 'FORBIDDEN') }]);
    expect([...board.manager.getActiveRooms()].sort()).toEqual([room, 'global', 'user-alice']);
  });
});

describe('a room that is left', () => {
  it('sends nothing more, and may be left twice', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { rooms: [{ room }, { room: 'event-2' }] });
    const left = { ok: true, value: null };
    expect(await framed.ask('roomcast:leave', [room, 'event-2', 'nowhere'])).toEqual(left);
    expect(await framed.ask('roomcast:leave', [room])).toEqual(left);
    await board.say('one');
    await framed.settle();
    expect(framed.frames('P')).toEqual([]);
    expect(board.manager.getActiveRooms()).toEqual([]);
  });

  it.each<[unknown]>([[room], [null], [[7]], [[{ room }]]])(
    'is named in a list of names, which %j is not',
    async (list) => {
      await using board = await startBoard();
      using framed = await connectFramed(board.url, { rooms: [{ room }] });
      expect(await framed.ask('roomcast:leave', list)).toEqual(failure('INVALID_ROOM'));
      expect(board.manager.getActiveRooms()).toEqual([room]);
    },
  );
});

describe('a publication', () => {
  it('is told with its class, its counter and its time, and with what else it has', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    const { manager, clock } = board;
    const at = clock.now();
    await board.say('one');
    await board.price('A', 9);
    await manager.broadcastToEvent('1', 'forecast', 'rain');
    await board.type('alice');
    clock.advance(1_000);
    await board.removePrice('A');
    await manager.publish({
      ...{ room, event: 'said', payload: { text: 'two' }, delivery: 'reliable' },
      causedBy: 'call-1',
    });
    await manager.broadcastToEvent('1', 'titled', 'The end');
    expect(await framed.received(room, 7)).toEqual([
      ['said', 0, 1, at, { text: 'one' }],
      ['priced', 1, 1, at, { row: 'A', price: 9 }, { key: 'A' }],
      ['forecast', 1, 2, at, 'rain'],
      ['typing', 2, 0, at, 'alice'],
      ['priced', 1, 3, at + 1_000, null, { key: 'A', removed: true }],
      ['said', 0, 2, at + 1_000, { text: 'two' }, { causedBy: 'call-1' }],
      ['titled', 0, 3, at + 1_000, 'The end'],
    ]);
  });

  it('reaches every member and nobody else, once each', async () => {
    await using board = await startBoard();
    using one = await connectFramed(board.url, { rooms: [{ room }] });
    using two = await connectFramed(board.url, { rooms: [{ room }] });
    using other = await connectFramed(board.url, { rooms: [{ room: 'event-2' }] });
    const sent = Array.from({ length: 50 }, (_, index) => `${index}`);
    await Promise.all(sent.map((text) => board.say(text)));
    for (const framed of [one, two, other]) await framed.settle();
    expect(texts(one.publications(room))).toEqual(sent);
    expect(texts(two.publications(room))).toEqual(sent);
    expect(other.frames('P')).toEqual([]);
  });
});
