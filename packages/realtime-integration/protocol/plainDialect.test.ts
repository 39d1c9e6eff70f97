import { MessageCompressor } from '@roomcast/realtime-compression';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { handleBroker } from './handledBroker.ts';
import { connectByHand, type PlainConnection } from './plainConnection.ts';
import { type BoardOptions, room, startBoard, tokenOf } from './startBoard.ts';

const failure = (code: string) => ({ ok: false, error: { code, message: expect.any(String) } });
const event1 = { room, kind: 'event', eventId: '1' };
const alice = tokenOf('alice');
/** The names of what arrived behind the CONNECT, an acknowledgement being one too. */
const names = (plain: PlainConnection) =>
  plain.raw.messages
    .slice(2)
    .map((message) => (message.startsWith('43') ? 'ack' : JSON.parse(message.slice(2))[0]));

describe('`join-` and `leave-`', () => {
  it('are answered with the room and where it stands, behind `room-joined`', async () => {
    await using board = await startBoard();
    await board.say('before');
    using plain = await connectByHand(board.url);
    const position = await board.position();
    expect(await plain.ask('join-event', '1')).toEqual({
      ok: true,
      value: { ...event1, position },
    });
    expect(plain.received('room-joined')).toEqual([event1]);
    await board.say('hello');
    await plain.ask('ping');
    expect(names(plain)).toEqual(['room-joined', 'ack', 'said', 'pong', 'ack']);
    expect(plain.received('said')).toEqual([{ text: 'hello' }]);
  });

  it('are there for every kind of room, with an id, an object or nothing', async () => {
    await using board = await startBoard({ authorise: (_, asked) => asked.map(() => true) });
    using plain = await connectByHand(board.url, { token: alice });
    const joined: [string, unknown[], object][] = [
      ['event', ['1'], { room, eventId: '1' }],
      ['event', [{ eventId: '../' }], { room: 'event-..%2F', eventId: '../' }],
      ['seat', [{ eventId: '1', seatId: 'A' }], { room: 'seat-1:A', eventId: '1', seatId: 'A' }],
      ['team', ['7'], { room: 'team-7', teamId: '7' }],
      ['user', ['alice'], { room: 'user-alice', userId: 'alice' }],
      ['global', [], { room: 'global' }],
    ];
    for (const [kind, args, described] of joined) {
      expect(await plain.ask(`join-${kind}`, ...args)).toMatchObject({
        ...{ ok: true, value: { kind, ...described } },
      });
      expect(await plain.ask(`leave-${kind}`, ...args)).toEqual({ ok: true, value: null });
      expect(await plain.ask(`leave-${kind}`, ...args)).toEqual({ ok: true, value: null });
    }
    expect(board.manager.getActiveRooms()).toEqual([]);
    expect(await plain.ask('join-stage', '1')).toEqual(failure('UNKNOWN_EVENT'));
  });

  it.each([[{}], [{ eventId: 7 }], [['1']], [null], [7], [true], [''], ['\ud800'], [undefined]])(
    'are refused what is no room: %j',
    async (target) => {
      await using board = await startBoard();
      using plain = await connectByHand(board.url);
      const args = target === undefined ? [] : [target];
      expect(await plain.ask('join-event', ...args)).toEqual(failure('INVALID_ROOM'));
      expect(await plain.ask('leave-event', ...args)).toEqual(failure('INVALID_ROOM'));
      expect(plain.received('room-joined')).toEqual([]);
    },
  );

  it('are refused as the access of the room says', async () => {
    await using board = await startBoard();
    using guest = await connectByHand(board.url);
    using user = await connectByHand(board.url, { token: alice });
    expect(await guest.ask('join-team', '1')).toEqual(failure('UNAUTHENTICATED'));
    expect(await guest.ask('join-global')).toEqual(failure('UNAUTHENTICATED'));
    expect(await user.ask('join-team', '1')).toEqual(failure('FORBIDDEN'));
    expect(await user.ask('join-user', 'bob')).toEqual(failure('FORBIDDEN'));
  });

  it('bring the `latest` values of the room behind `room-joined`, and nothing of its history', async () => {
    await using board = await startBoard();
    await board.say('before');
    await board.price('A', 1);
    await board.price('A', 2);
    await board.price('B', 3);
    using plain = await connectByHand(board.url);
    await plain.ask('join-event', '1');
    await eventually(() => expect(plain.received('priced')).toHaveLength(2));
    expect(plain.received('priced')).toEqual([
      { row: 'A', price: 2 },
      { row: 'B', price: 3 },
    ]);
    expect(names(plain)[0]).toBe('room-joined');
    expect(plain.received('said')).toEqual([]);
  });
});

describe('a room that is asked for again', () => {
  it('goes on: its values come again, and nothing else twice', async () => {
    await using board = await startBoard();
    await board.price('A', 9);
    using plain = await connectByHand(board.url);
    await plain.ask('join-event', '1');
    await eventually(() => expect(plain.received('priced')).toHaveLength(1));
    await board.say('one');
    expect(await plain.ask('join-event', '1')).toMatchObject({
      ...{ ok: true, value: { position: { offset: 1 } } },
    });
    await eventually(() => expect(plain.received('priced')).toHaveLength(2));
    await board.say('two');
    await plain.ask('ping');
    expect(plain.received('room-joined')).toEqual([event1, event1]);
    expect(plain.received('said')).toEqual([{ text: 'one' }, { text: 'two' }]);
  });

  it('is left where it is refused then', async () => {
    const allowed = new Set(['alice']);
    await using board = await startBoard({
      authorise: ({ user }, asked) => asked.map(() => allowed.has(user?.id ?? '')),
    });
    using plain = await connectByHand(board.url, { token: alice });
    await plain.ask('join-team', '1');
    allowed.clear();
    expect(await plain.ask('join-team', '1')).toEqual(failure('FORBIDDEN'));
    expect(board.manager.getActiveRooms()).not.toContain('team-1');
  });
});

describe('a publication', () => {
  it('is an event by its name, whatever its class, with its payload and nothing else', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    await plain.ask('join-event', '1');
    await board.say('one');
    await board.price('A', 9);
    await board.manager.broadcastToEvent('1', 'forecast', 'rain');
    await board.manager.broadcastToEvent('1', 'titled', 'The end');
    await board.type('alice');
    await plain.ask('ping');
    expect(plain.events().slice(1, -1)).toEqual([
      ['said', { text: 'one' }],
      ['priced', { row: 'A', price: 9 }],
      ['forecast', 'rain'],
      ['titled', 'The end'],
      ['typing', 'alice'],
    ]);
  });

  it('that removes a value is `value-removed`', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    await plain.ask('join-event', '1');
    await board.price('A', 9);
    await board.removePrice('A');
    await plain.ask('ping');
    expect(plain.received('value-removed')).toEqual([{ ...event1, event: 'priced', key: 'A' }]);
    expect(plain.received('priced')).toEqual([{ row: 'A', price: 9 }]);
  });

  it('does not come any more once the room is left', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    await plain.ask('join-event', '1');
    await plain.ask('leave-event', '1');
    await board.say('one');
    await plain.ask('ping');
    expect(plain.received('said')).toEqual([]);
  });
});

describe('`compressed-event`', () => {
  const long = 'a long text '.repeat(100);

  it('has a name and an envelope, for who asks and where it is shorter', async () => {
    await using board = await startBoard();
    using compressed = await connectByHand(board.url, { compress: true });
    using plain = await connectByHand(board.url, { compress: false });
    for (const client of [compressed, plain]) await client.ask('join-event', '1');
    await board.say('short', long);
    await board.manager.broadcastToEvent('1', 'titled', long);
    await plain.ask('ping');
    // They are made smaller beside the loop.
    await eventually(() => expect(compressed.received('compressed-event')).toHaveLength(2));
    expect(compressed.received('said')).toEqual([{ text: 'short' }]);
    const events = compressed.received('compressed-event') as [string, string][];
    expect(
      events.map(([name, envelope]) => [
        ...[name, JSON.parse(MessageCompressor.decompressMessage(envelope))],
      ]),
    ).toEqual([
      ['said', { text: long }],
      ['titled', long],
    ]);
    expect(plain.received('said')).toEqual([{ text: 'short' }, { text: long }]);
    expect(plain.received('compressed-event')).toEqual([]);
  });

  it.each([
    [1_023, 'titled'],
    [1_024, 'compressed-event'],
  ])('is for payloads whose JSON has 1,024 characters: %i are %s', async (length, name) => {
    await using board = await startBoard();
    using client = await connectByHand(board.url, { compress: true });
    await client.ask('join-event', '1');
    await board.manager.broadcastToEvent('1', 'titled', 'x'.repeat(length - 2));
    await eventually(() => expect(names(client)).toContain(name));
  });
});

describe('`authenticate`', () => {
  it('makes a user of a guest, who is in the rooms of the user before the answer', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    expect(await plain.ask('authenticate', alice)).toEqual({
      ok: true,
      value: { userId: 'alice' },
    });
    expect(names(plain)).toEqual(['room-joined', 'room-joined', 'ack']);
    expect(plain.received('room-joined')).toEqual([
      { room: 'user-alice', kind: 'user', userId: 'alice' },
      { room: 'global', kind: 'global' },
    ]);
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await board.manager.broadcastGlobal('announced', { text: 'all' });
    await plain.ask('ping');
    expect(plain.received('whispered')).toEqual([{ text: 'psst' }]);
    expect(plain.received('announced')).toEqual([{ text: 'all' }]);
  });

  it.each([
    ['before the log is read', 0, 0],
    ['when the log was read', 1, 1],
  ])(
    'brings what is published meanwhile, %s, behind the position and once',
    async (_, held, times) => {
      const broker = handleBroker();
      await using board = await startBoard({ broker });
      using plain = await connectByHand(board.url);
      const release = broker.holdReadAfter(held);
      const answer = plain.ask('authenticate', alice);
      await eventually(() => expect(broker.reads).toBe(2));
      await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
      release();
      expect(await answer).toMatchObject({ ok: true });
      await plain.ask('ping');
      expect(plain.received('whispered')).toHaveLength(times);
    },
  );

  it('is done by the handshake for who brings a token', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, { token: alice });
    await plain.ask('ping');
    expect(names(plain)).toEqual(['room-joined', 'room-joined', 'pong', 'ack']);
  });

  it.each([
    ['forged', 'AUTHENTICATION_FAILED'],
    [null, 'AUTHENTICATION_FAILED'],
    [tokenOf('bob'), 'FORBIDDEN'],
    [tokenOf('alice', { expiresInMs: 0 }), 'TOKEN_EXPIRED'],
  ])('is refused with %j, and the session stays as it was', async (token, code) => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, { token: alice });
    expect(await plain.ask('authenticate', token)).toEqual(failure(code));
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await plain.ask('ping');
    expect(plain.received('whispered')).toHaveLength(1);
  });

  it('with another token has all rooms authorised again; one that is lost is `room-left`', async () => {
    const allowed = new Set(['1', '2']);
    await using board = await startBoard({
      authorise: (_, asked) => asked.map(({ params }) => allowed.has(params.teamId ?? '')),
    });
    using plain = await connectByHand(board.url, { token: alice });
    await plain.ask('join-team', '1');
    await plain.ask('join-team', '2');
    allowed.delete('2');
    expect(await plain.ask('authenticate', alice)).toMatchObject({ ok: true });
    const left = { room: 'team-2', kind: 'team', teamId: '2', code: 'FORBIDDEN' };
    expect(plain.received('room-left')).toEqual([left]);
    expect(names(plain).slice(-2)).toEqual(['room-left', 'ack']);
    expect([...board.manager.getActiveRooms()].sort()).toEqual(['global', 'team-1', 'user-alice']);
  });
});

describe('`token-expired`', () => {
  async function startExpired(options: BoardOptions = {}) {
    const board = await startBoard(options);
    const plain = await connectByHand(board.url, {
      token: tokenOf('alice', { expiresInMs: 1_000 }),
    });
    await plain.ask('join-event', '1');
    await board.say('before');
    board.clock.advance(1_000);
    await plain.raw.next('42["token-expired"');
    return {
      ...{ board, plain },
      async [Symbol.asyncDispose]() {
        plain[Symbol.dispose]();
        await board[Symbol.asyncDispose]();
      },
    };
  }

  it('says how long the server waits; nothing is delivered from then on', async () => {
    await using expired = await startExpired();
    const { board, plain } = expired;
    expect(plain.received('token-expired')).toEqual([{ graceMs: 25_000 }]);
    await board.say('two');
    await board.price('A', 9);
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    expect(await plain.ask('ping')).toMatchObject({ ok: true });
    expect(names(plain).slice(-3)).toEqual(['token-expired', 'pong', 'ack']);
  });

  it('leaves `authenticate`, `ping` and `leave-`; everything else is refused', async () => {
    const done: string[] = [];
    await using expired = await startExpired({
      actions: { look: () => done.push('look'), 'leave-hall': () => done.push('leave-hall') },
    });
    const { plain } = expired;
    const refused = failure('TOKEN_EXPIRED');
    expect(await plain.ask('join-event', '2')).toEqual(refused);
    expect(await plain.ask('look')).toEqual(refused);
    // An action, whatever its name begins with.
    expect(await plain.ask('leave-hall')).toEqual(refused);
    expect(done).toEqual([]);
    expect(await plain.ask('leave-event', '1')).toEqual({ ok: true, value: null });
  });

  it('is over with another token: what was missed follows, as far as history has it', async () => {
    await using expired = await startExpired();
    const { board, plain } = expired;
    await board.say('two', 'three');
    expect(await plain.ask('authenticate', alice)).toEqual({
      ok: true,
      value: { userId: 'alice' },
    });
    await eventually(() => expect(plain.received('said')).toHaveLength(3));
    await board.say('four');
    await plain.ask('ping');
    expect(plain.received('said')).toEqual(
      ['before', 'two', 'three', 'four'].map((text) => ({ text })),
    );
    expect(plain.received('room-joined')).toHaveLength(3);
  });

  it('is the end where no other token comes in time', async () => {
    await using expired = await startExpired();
    const { board, plain } = expired;
    const { length } = plain.raw.messages;
    board.clock.advance(25_000);
    await plain.raw.closed;
    expect(plain.raw.messages).toHaveLength(length);
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
  });
});

describe('what the server ends', () => {
  it('is `room-left` with its code where it is one room', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, { token: alice });
    await plain.ask('join-event', '1');
    board.manager.rooms.evict(['event', { eventId: '1' }], 'alice');
    await board.say('one');
    await plain.ask('ping');
    expect(plain.received('room-left')).toEqual([{ ...event1, code: 'FORBIDDEN' }]);
    expect(plain.received('said')).toEqual([]);
  });

  it('is the connection, without a word, where the user is revoked', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, { token: alice });
    await plain.ask('ping');
    const { length } = plain.raw.messages;
    board.manager.sessions.revokeUser('alice');
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await plain.raw.closed;
    expect(plain.raw.messages).toHaveLength(length);
  });
});

it('`ping` is answered with the time of the server, and with `pong` before that', async () => {
  await using board = await startBoard();
  using plain = await connectByHand(board.url);
  const timestamp = board.clock.now();
  expect(await plain.ask('ping')).toEqual({ ok: true, value: { timestamp } });
  expect(plain.received('pong')).toEqual([{ timestamp }]);
  expect(names(plain)).toEqual(['pong', 'ack']);
});

it('a client that is back begins anew: it hears nothing of what it missed', async () => {
  await using board = await startBoard();
  const first = await connectByHand(board.url);
  await first.ask('join-event', '1');
  first.raw.terminate();
  await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
  await board.say('missed');
  using back = await connectByHand(board.url);
  await board.say('not joined');
  await back.ask('join-event', '1');
  await board.say('there');
  await back.ask('ping');
  expect(back.received('said')).toEqual([{ text: 'there' }]);
});
