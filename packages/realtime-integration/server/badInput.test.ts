import type { ErrorCode } from '@roomcast/realtime-contract';
import { startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from '../protocol/framedConnection.ts';
import { openRaw } from '../protocol/rawConnection.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain, refusalOf } from './plainClient.ts';
import { startWitnessedClub } from './witnessedClub.ts';

// The rows of docs/BAD-INPUT.md. The server lives in the process of the test, and whatever nobody
// catches there fails the run: that the process stays up needs no check of its own.

const failure = (code: ErrorCode) => ({
  ok: false,
  error: { code, message: expect.any(String) },
});
const refused = (room: string, code: ErrorCode) => ({
  room,
  status: 'refused',
  error: { code, message: expect.any(String) },
});
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('instead of a token', () => {
  type MakeToken = (server: TestServer<ClubContract>) => Promise<string>;
  const changed: MakeToken = async (server) => {
    const [header, , signature] = (await server.tokenFor('bob')).split('.');
    return `${header}.${encode({ sub: 'alice', exp: 9_999_999_999 })}.${signature}`;
  };
  const foreign: MakeToken = async () => {
    await using other = await startTestServer(clubContract, { secret: 'another one'.repeat(3) });
    return other.tokenFor('alice');
  };
  const unsigned: MakeToken = async (server) => {
    const [, payload] = (await server.tokenFor('alice')).split('.');
    return `${encode({ alg: 'none' })}.${payload}.`;
  };
  const disarmed: MakeToken = async (server) => {
    const [, payload, signature] = (await server.tokenFor('alice')).split('.');
    return `${encode({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`;
  };

  it.each<[string, MakeToken, ErrorCode]>([
    ['a bare user id', async () => 'alice', 'AUTHENTICATION_FAILED'],
    ['an expired token', (server) => server.tokenFor('alice', {}, -10), 'TOKEN_EXPIRED'],
    ['a token signed with another secret', foreign, 'AUTHENTICATION_FAILED'],
    ['a token changed after signing', changed, 'AUTHENTICATION_FAILED'],
    ['an `alg: none` token', unsigned, 'AUTHENTICATION_FAILED'],
    ['an `alg: none` token with a signature', disarmed, 'AUTHENTICATION_FAILED'],
  ])('%s makes nobody a user, at no door', async (_, makeToken, code) => {
    await using club = await startWitnessedClub();
    const token = await makeToken(club.server);
    expect((await refusalOf(club.url, { auth: { token } })).data?.code).toBe(code);
    await expect(connectFramed(club.url, { token })).rejects.toMatchObject({ data: { code } });
    using guest = await connectPlain(club.url);
    expect(await guest.ask('authenticate', token)).toEqual(failure(code));
    expect(await guest.ask('join-user', 'alice')).toEqual(failure('UNAUTHENTICATED'));
    expect(club.server.manager.getActiveRooms()).toEqual(['event-witness']);
    await club.expectUnnoticed();
  });
});

describe('a room that is not for everybody', () => {
  it('is not joined without authentication', async () => {
    await using club = await startWitnessedClub({ authorise: (_, rooms) => rooms.map(() => true) });
    using guest = await connectPlain(club.url);
    expect(await guest.ask('join-team', '1')).toEqual(failure('UNAUTHENTICATED'));
    expect(await guest.ask('join-user', 'alice')).toEqual(failure('UNAUTHENTICATED'));
    expect(await guest.ask('join-global')).toEqual(failure('UNAUTHENTICATED'));
    using framed = await connectFramed(club.url);
    const rooms = ['team-1', 'user-alice', 'global'];
    expect(
      await framed.ask(
        'roomcast:join',
        rooms.map((room) => ({ room })),
      ),
    ).toEqual({ ok: true, value: rooms.map((room) => refused(room, 'UNAUTHENTICATED')) });
    expect(club.server.manager.getActiveRooms()).toEqual(['event-witness']);
    await club.expectUnnoticed();
  });

  it('is not joined by a user to whom it is forbidden', async () => {
    await using club = await startWitnessedClub({
      authorise: (_, rooms) => rooms.map(({ kind }) => kind !== 'team'),
    });
    const token = await club.server.tokenFor('mallory');
    using mallory = await connectPlain(club.url, { auth: { token } });
    expect(await mallory.ask('join-team', '1')).toEqual(failure('FORBIDDEN'));
    expect(await mallory.ask('join-user', 'alice')).toEqual(failure('FORBIDDEN'));
    using framed = await connectFramed(club.url, { token });
    expect(await framed.ask('roomcast:join', [{ room: 'team-1' }, { room: 'user-alice' }])).toEqual(
      {
        ok: true,
        value: [refused('team-1', 'FORBIDDEN'), refused('user-alice', 'FORBIDDEN')],
      },
    );
    await club.server.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await mallory.ask('ping');
    expect(mallory.received('whispered')).toEqual([]);
    await club.expectUnnoticed();
  });
});

describe('as the id of a room,', () => {
  it.each<[string, readonly unknown[], ErrorCode]>([
    ['an object', [{}, { eventId: 7 }, { eventId: {} }, { id: '42' }], 'INVALID_HANDSHAKE'],
    ['an array', [[], ['42'], [['42']]], 'INVALID_HANDSHAKE'],
    ['null', [null, { eventId: null }], 'INVALID_HANDSHAKE'],
    ['nothing', [undefined], 'INVALID_HANDSHAKE'],
    ['a number', [7], 'INVALID_HANDSHAKE'],
    ['a text of 10,000 characters', ['x'.repeat(10_000)], 'INVALID_HANDSHAKE'],
    ['an empty text', [''], 'INVALID_ROOM'],
    ['a lone surrogate', ['\ud800', '42\udfff'], 'INVALID_ROOM'],
  ])('%s joins and leaves nothing', async (_, ids, framedCode) => {
    await using club = await startWitnessedClub();
    using plain = await connectPlain(club.url);
    using framed = await connectFramed(club.url);
    for (const id of ids) {
      expect(await plain.ask('join-event', id)).toEqual(failure('INVALID_ROOM'));
      expect(await plain.ask('leave-event', id)).toEqual(failure('INVALID_ROOM'));
      const room = typeof id === 'string' ? `event-${id}` : id;
      const answer = await framed.ask('roomcast:join', [{ room }]);
      // A list without its form is refused as a whole; a name that no room has, by itself.
      expect(answer).toEqual(
        framedCode === 'INVALID_ROOM'
          ? { ok: true, value: [refused(String(room), framedCode)] }
          : failure(framedCode),
      );
    }
    expect(club.server.manager.getActiveRooms()).toEqual(['event-witness']);
    await club.expectUnnoticed();
  });

  it.each([
    ['`../`', '../', 'event-..%2F'],
    ['NUL', '\0', 'event-%00'],
    ['`__proto__`', '__proto__', 'event-__proto__'],
  ])('%s is an id like any other, escaped', async (_, id, room) => {
    await using club = await startWitnessedClub();
    using plain = await connectPlain(club.url);
    using framed = await connectFramed(club.url);
    expect(await plain.ask('join-event', id)).toMatchObject({ ok: true, value: { room } });
    expect(await framed.ask('roomcast:join', [{ room }])).toMatchObject({
      value: [{ room, status: 'fresh' }],
    });
    const rooms = [...club.server.manager.getActiveRooms()].sort();
    expect(rooms).toEqual(['event-witness', room].sort());
    await club.server.manager.broadcastToEvent(id, 'said', { text: 'to it' });
    await eventually(() => expect(plain.received('said')).toEqual([{ text: 'to it' }]));
    expect(await framed.raw.next('4P')).toContain('to it');
    expect(Object.keys(Object.prototype)).toEqual([]);
    await club.expectUnnoticed();
  });

  it('the name of another room is not that room', async () => {
    await using club = await startWitnessedClub();
    using plain = await connectPlain(club.url);
    for (const id of ['user-alice', 'global', 'team-1', 'event-witness']) {
      expect(await plain.ask('join-event', id)).toMatchObject({ value: { room: `event-${id}` } });
    }
    await club.server.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    await club.server.manager.broadcastGlobal('announced', { text: 'all' });
    await club.expectUnnoticed();
    await plain.ask('ping');
    expect([plain.received('whispered'), plain.received('announced')]).toEqual([[], []]);
    expect(plain.received('said')).toEqual([]);
  });
});

describe('a message', () => {
  const say = ({ text }: { text: string }) => ({ length: text.length });

  it.each([
    ['that the contract lacks', 'dance'],
    ['that only the server sends', 'said'],
    ['called `__proto__`', '__proto__'],
    ['called `constructor`', 'constructor'],
  ])('%s is refused, and reaches nobody', async (_, name) => {
    await using club = await startWitnessedClub({ actions: { say } });
    const token = await club.server.tokenFor('mallory');
    using plain = await connectPlain(club.url, { auth: { token } });
    using framed = await connectFramed(club.url, { token });
    await plain.ask('join-event', 'witness');
    plain.socket.emit(name, { text: 'boo' });
    expect(await plain.ask(name, { text: 'boo' })).toEqual(failure('UNKNOWN_EVENT'));
    expect(await framed.ask(name, { text: 'boo' })).toEqual(failure('UNKNOWN_EVENT'));
    await club.expectUnnoticed();
  });

  it.each<[string, unknown]>([
    ['of another type', { text: 7 }],
    ['without a required field', {}],
    ['beyond a limit of its schema', { text: 'x'.repeat(201) }],
    ['that is null', null],
    ['that is text', 'hello'],
  ])('with a payload %s never reaches its handler', async (_, payload) => {
    const heard: unknown[] = [];
    await using club = await startWitnessedClub({
      actions: { say: (input) => ({ length: heard.push(input) }) },
    });
    const token = await club.server.tokenFor('mallory');
    using plain = await connectPlain(club.url, { auth: { token } });
    using framed = await connectFramed(club.url, { token });
    plain.socket.emit('say', payload);
    expect(await plain.ask('say', payload)).toEqual(failure('INVALID_PAYLOAD'));
    expect(await framed.ask('say', payload)).toEqual(failure('INVALID_PAYLOAD'));
    expect(heard).toEqual([]);
    await club.expectUnnoticed();
  });

  it.each<[string, unknown]>([
    ['a text', 'no function'],
    ['null', null],
    ['an object', { ack: 1, call: {}, apply: {} }],
  ])('with %s in the place of its acknowledgement is done, and not answered', async (_, last) => {
    const heard: unknown[] = [];
    await using club = await startWitnessedClub({
      actions: { say: (input) => ({ length: heard.push(input) }) },
    });
    const token = await club.server.tokenFor('mallory');
    using plain = await connectPlain(club.url, { auth: { token } });
    plain.socket.emit('say', { text: 'hello' }, last);
    plain.socket.emit('join-event', '1', last);
    expect(await plain.ask('ping')).toMatchObject({ ok: true });
    expect(heard).toEqual([{ text: 'hello' }]);
    expect(club.server.manager.getActiveRooms()).toContain('event-1');
    await club.expectUnnoticed();
  });

  it.each(['42-1["ping"]', '42x["ping"]', '421.5["ping"]', '43{}'])(
    '%s, which has no form, ends its own connection and no other',
    async (message) => {
      await using club = await startWitnessedClub();
      using raw = await openRaw(club.url);
      raw.send('40{}');
      await raw.next('40');
      raw.send(message);
      await raw.closed;
      await club.expectUnnoticed();
    },
  );

  it('that acknowledges what nobody asked is ignored', async () => {
    await using club = await startWitnessedClub();
    using raw = await openRaw(club.url);
    raw.send('40{}');
    await raw.next('40');
    raw.send('437["here you are"]', '420["ping"]');
    await raw.next('430');
    await club.expectUnnoticed();
  });
});

it.each<[string, 'said', unknown, ErrorCode]>([
  ['an event that the contract lacks', 'sung' as 'said', { text: 'la' }, 'UNKNOWN_EVENT'],
  ['a payload that fails its schema', 'said', { text: 7 }, 'INVALID_PAYLOAD'],
])('broadcasting %s rejects, and reaches nobody', async (_, name, payload, code) => {
  await using club = await startWitnessedClub();
  const { manager } = club.server;
  await expect(
    manager.broadcastToEvent('witness', name, payload as { text: string }),
  ).rejects.toMatchObject({ code });
  await club.expectUnnoticed();
});
