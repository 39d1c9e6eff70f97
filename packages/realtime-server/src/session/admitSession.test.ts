import { encodeHandshake, RoomcastError } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { type AdmissionHost, createAdmission } from './admitSession.ts';
import type { Session } from './session.ts';
import { SessionRegistry } from './sessionRegistry.ts';

const contract = createTestContract();
const signal = new AbortController().signal;
const authenticate = vi.fn<AdmissionHost['authenticate']>();
const start = vi.fn<AdmissionHost['start']>();
const count = vi.fn();
const assertAdmitting = vi.fn<() => void>();
let sessions: SessionRegistry;

beforeEach(() => {
  for (const mock of [authenticate, start, count, assertAdmitting]) mock.mockReset();
  authenticate.mockResolvedValue({ id: 'alice' });
  sessions = new SessionRegistry();
});

const create = (maxConnections = Number.POSITIVE_INFINITY) =>
  createAdmission({
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
    (await create()({}, signal))(connection);
    expect(authenticate).not.toHaveBeenCalled();
    expect(start).toHaveBeenCalledExactlyOnceWith(
      connection,
      { dialect: 'plain', token: null },
      null,
    );
  });

  it('admits the user whom the token names, and starts nothing before it is told to', async () => {
    const begin = await create()({ token: 'secret' }, signal);
    expect(authenticate.mock.calls).toEqual([['secret', signal]]);
    expect(start).not.toHaveBeenCalled();
    begin(createFakeConnection());
    expect(start.mock.calls[0]?.[2]).toEqual({ id: 'alice' });
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
    await expect(create()(auth, signal)).rejects.toMatchObject({ code: 'INVALID_HANDSHAKE' });
    expect(authenticate).not.toHaveBeenCalled();
  });

  it.each(['2.0', '2.1', '2.99'])('lets in a framed client of contract %s', async (version) => {
    await expect(create()(framed(version), signal)).resolves.toBeTypeOf('function');
  });

  it.each(['1.1', '3.1', '21.0'])('refuses a framed client of contract %s', async (version) => {
    await expect(create()(framed(version, 'token'), signal)).rejects.toMatchObject({
      code: 'CONTRACT_INCOMPATIBLE',
    });
    expect(authenticate).not.toHaveBeenCalled();
  });

  it('counts what became of each handshake', async () => {
    const admit = create();
    await admit({}, signal);
    authenticate.mockRejectedValueOnce(new RoomcastError('TOKEN_EXPIRED', 'over'));
    await expect(admit({ token: 'x' }, signal)).rejects.toThrow('over');
    authenticate.mockRejectedValueOnce(new Error('a defect'));
    await expect(admit({ token: 'x' }, signal)).rejects.toThrow('a defect');
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
    void admit({ token: 'slow' }, signal);
    await expect(admit({}, signal)).rejects.toMatchObject({ code: 'CONNECTION_LIMIT' });
  });

  it('asks nobody while the server lets nobody in, and refuses who was on the way in', async () => {
    const closed = new RoomcastError('SERVER_DRAINING', 'Over.');
    const admit = create();
    authenticate.mockImplementation(async () => {
      assertAdmitting.mockThrow(closed);
      return { id: 'alice' };
    });
    await expect(admit({ token: 'slow' }, signal)).rejects.toBe(closed);
    await expect(admit({ token: 'late' }, signal)).rejects.toBe(closed);
    expect(authenticate).toHaveBeenCalledOnce();
    expect(count).toHaveBeenCalledWith('roomcast_handshakes_total', { result: 'SERVER_DRAINING' });
  });

  it('gives the place of a refused handshake free', async () => {
    const admit = create(1);
    authenticate.mockRejectedValueOnce(new Error('no'));
    await expect(admit({ token: 'x' }, signal)).rejects.toThrow('no');
    await new Promise((resolve) => setImmediate(resolve));
    await expect(admit({}, signal)).resolves.toBeTypeOf('function');
  });

  it('keeps the place of an admitted handshake until its session is there', async () => {
    const admit = create(1);
    await admit({}, signal);
    await expect(admit({}, signal)).rejects.toMatchObject({ code: 'CONNECTION_LIMIT' });
  });
});
