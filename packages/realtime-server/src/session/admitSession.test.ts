import { encodeHandshake, RoomcastError } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { ClientPlaces } from '../limits/clientPlaces.ts';
import { Visitor } from '../limits/visitor.ts';
import { type AdmissionHost, createAdmission } from './admitSession.ts';
import type { Session } from './session.ts';
import { SessionRegistry } from './sessionRegistry.ts';

const contract = createTestContract();
const signal = new AbortController().signal;
const visitor = new Visitor('192.0.2.1');
const authenticate = vi.fn<AdmissionHost['authenticate']>();
const start = vi.fn<AdmissionHost['start']>();
const count = vi.fn();
const assertAdmitting = vi.fn<() => void>();
let sessions: SessionRegistry;

beforeEach(() => {
  for (const mock of [authenticate, start, count, assertAdmitting]) mock.mockReset();
  authenticate.mockResolvedValue({ id: 'alice' });
  sessions = new SessionRegistry();
  accounts.enter.mockReset().mockReturnValue(true);
  accounts.leave.mockReset();
  places = new ClientPlaces({ maxConnectionsPerAddress: 5, accounts, random: () => 0.5 });
});

const accounts = { enter: vi.fn<(userId: string) => boolean>(), leave: vi.fn() };
let places: ClientPlaces;

const create = (maxConnections = Number.POSITIVE_INFINITY) =>
  createAdmission({
    places,
    ...{ contract, sessions, maxConnections, metrics: { count }, assertAdmitting },
    ...{ authenticate, start },
  });

const framed = (contractVersion: string, token: string | null = null) =>
  encodeHandshake({
    ...{ dialect: 'framed', token, contractVersion, rooms: [], features: [] },
    fingerprint: contract.fingerprint,
  });

/** A handshake with a token, in which one field is not what it should be. */
function framedWith(fields: Record<string, unknown>) {
  const auth = framed('2.1', 'token');
  return { ...auth, roomcast: { ...(auth.roomcast as object), ...fields } };
}

describe('createAdmission', () => {
  it('admits a guest without asking anybody', async () => {
    const connection = createFakeConnection();
    (await create()({}, signal, visitor))(connection);
    expect(authenticate).not.toHaveBeenCalled();
    expect(start).toHaveBeenCalledExactlyOnceWith(connection, {
      handshake: { dialect: 'plain', token: null },
      user: null,
      place: { address: '192.0.2.1', userId: null },
    });
  });

  it('admits the user whom the token names, and starts nothing before it is told to', async () => {
    const begin = await create()({ token: 'secret' }, signal, visitor);
    expect(authenticate.mock.calls).toEqual([['secret', signal]]);
    expect(start).not.toHaveBeenCalled();
    begin(createFakeConnection());
    expect(start.mock.calls[0]?.[1].user).toEqual({ id: 'alice' });
  });

  it.each([
    ['no object', 'token'],
    ['a list', []],
    ['an empty token', { token: '' }],
    ['a token that is no text', { token: { id: 'alice' } }],
    ['a token of 16,385 characters', { token: 'x'.repeat(16_385) }],
    ['a dialect that is no object', { roomcast: true }],
    ['another protocol', { roomcast: { protocol: 2 } }],
    ['a session that is no text', framedWith({ session: 7 })],
    ['a session of 65 characters', framedWith({ session: 'x'.repeat(65) })],
    ['a maxReplay below 0', framedWith({ maxReplay: -1 })],
    ['a maxReplay that is a fraction', framedWith({ maxReplay: 0.5 })],
    ['a maxReplay that is a text', framedWith({ maxReplay: '300' })],
    ['features that are no list', framedWith({ features: 'compress' })],
    ['a feature that is no text', framedWith({ features: [7] })],
    ['33 features', framedWith({ features: Array(33).fill('x') })],
    ['a position that is none', framedWith({ rooms: [{ room: 'event-1', position: 17 }] })],
  ])('refuses a handshake with %s, without asking anybody', async (_, auth) => {
    await expect(create()(auth, signal, visitor)).rejects.toMatchObject({
      code: 'INVALID_HANDSHAKE',
    });
    expect(authenticate).not.toHaveBeenCalled();
  });

  it.each(['2.0', '2.1', '2.99'])('lets in a framed client of contract %s', async (version) => {
    await expect(create()(framed(version), signal, visitor)).resolves.toBeTypeOf('function');
  });

  it.each(['1.1', '3.1', '21.0'])('refuses a framed client of contract %s', async (version) => {
    await expect(create()(framed(version, 'token'), signal, visitor)).rejects.toMatchObject({
      code: 'CONTRACT_INCOMPATIBLE',
    });
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('counts what became of each handshake', async () => {
    const admit = create();
    await admit({}, signal, visitor);
    authenticate.mockRejectedValueOnce(new RoomcastError('TOKEN_EXPIRED', 'over'));
    await expect(admit({ token: 'x' }, signal, visitor)).rejects.toThrow('over');
    authenticate.mockRejectedValueOnce(new Error('a defect'));
    await expect(admit({ token: 'x' }, signal, visitor)).rejects.toThrow('a defect');
    expect(count.mock.calls).toEqual([
      ['roomcast_handshakes_total', { result: 'admitted' }],
      ['roomcast_handshakes_total', { result: 'TOKEN_EXPIRED' }],
      ['roomcast_handshakes_total', { result: 'INTERNAL' }],
    ]);
  });

  it('refuses whoever is one too many, sessions and handshakes under way taken together', async () => {
    const admit = create(2);
    sessions.add({ id: 'already here', secret: 's-1' } as Session);
    authenticate.mockReturnValue(new Promise(() => {}));
    void admit({ token: 'slow' }, signal, visitor);
    await expect(admit({}, signal, visitor)).rejects.toMatchObject({ code: 'CONNECTION_LIMIT' });
  });

  it('asks nobody while the server lets nobody in, and refuses who was on the way in', async () => {
    const closed = new RoomcastError('SERVER_DRAINING', 'Over.');
    const admit = create();
    authenticate.mockImplementation(async () => {
      assertAdmitting.mockThrow(closed);
      return { id: 'alice' };
    });
    await expect(admit({ token: 'slow' }, signal, visitor)).rejects.toBe(closed);
    await expect(admit({ token: 'late' }, signal, visitor)).rejects.toBe(closed);
    expect(authenticate).toHaveBeenCalledOnce();
    expect(count).toHaveBeenCalledWith('roomcast_handshakes_total', { result: 'SERVER_DRAINING' });
  });

  it('gives the place of a refused handshake free', async () => {
    const admit = create(1);
    authenticate.mockRejectedValueOnce(new Error('no'));
    await expect(admit({ token: 'x' }, signal, visitor)).rejects.toThrow('no');
    await new Promise((resolve) => setImmediate(resolve));
    await expect(admit({}, signal, visitor)).resolves.toBeTypeOf('function');
  });

  it('keeps the place of an admitted handshake until its session is there', async () => {
    const admit = create(1);
    await admit({}, signal, visitor);
    await expect(admit({}, signal, visitor)).rejects.toMatchObject({ code: 'CONNECTION_LIMIT' });
  });

  describe('whoever is one too many of its address or its user', () => {
    const full = { code: 'CONNECTION_LIMIT', retryAfterMs: 6_000 };
    const turn = () => new Promise((resolve) => setImmediate(resolve));

    it('is refused before anybody is asked, handshakes under way counted, and told to wait', async () => {
      const admit = create();
      authenticate.mockReturnValue(new Promise(() => {}));
      for (let count = 0; count < 5; count += 1) void admit({ token: 'slow' }, signal, visitor);
      await expect(admit({ token: 'x' }, signal, visitor)).rejects.toMatchObject(full);
      expect(authenticate).toHaveBeenCalledTimes(5);
      await expect(admit({}, signal, new Visitor('192.0.2.2'))).resolves.toBeTypeOf('function');
      await expect(admit({}, signal, new Visitor(null))).resolves.toBeTypeOf('function');
    });

    it('is refused once it is known who it is', async () => {
      accounts.enter.mockReturnValue(false);
      await expect(create()({ token: 'x' }, signal, visitor)).rejects.toMatchObject(full);
      expect(accounts.enter.mock.calls).toEqual([['alice']]);
      await turn();
      expect(places.addressCount).toBe(0);
      expect(accounts.leave).not.toHaveBeenCalled();
    });

    it('leaves nothing behind where it was refused, or is gone before its session begins', async () => {
      const admit = create();
      authenticate.mockRejectedValueOnce(new Error('no'));
      await admit({ token: 'x' }, signal, visitor).catch(() => {});
      await admit({ token: 'x' }, signal, visitor);
      expect(places.addressCount).toBe(1);
      await turn();
      expect(places.addressCount).toBe(0);
      expect(accounts.leave.mock.calls).toEqual([['alice']]);
    });

    it('finds its place given back only by the session that took it', async () => {
      const begin = await create()({ token: 'x' }, signal, visitor);
      begin(createFakeConnection());
      await turn();
      expect(places.addressCount).toBe(1);
      const place = start.mock.calls[0]?.[1].place;
      expect(place).toEqual({ address: '192.0.2.1', userId: 'alice' });
    });
  });

  it('refuses what was too often, and asks nobody', async () => {
    const refusal = new RoomcastError('RATE_LIMITED', 'Too often.', { retryAfterMs: 7 });
    const late = new Visitor('192.0.2.1', refusal);
    await expect(create()({ token: 'x' }, signal, late)).rejects.toBe(refusal);
    expect(authenticate).not.toHaveBeenCalled();
    expect(places.addressCount).toBe(0);
  });
});
