import { RoomcastError, silentLogger, systemClock } from '@roomcast/realtime-contract';
import { describe, expect, it, vi } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import type { Authenticate } from './authenticate.ts';
import { createAuthentication } from './createAuthentication.ts';
import { Revocations } from './revocations.ts';

function create(
  authenticate: Authenticate,
  revocationsKnown: () => Promise<void> | void = () => {},
) {
  const report = vi.fn();
  const info = vi.fn();
  const revocations = new Revocations(systemClock, 60_000);
  const authentication = createAuthentication({
    contract: createTestContract(),
    authenticate,
    clock: systemClock,
    authenticationTimeoutMs: 20,
    logger: { ...silentLogger, info },
    ...{ report, revocations, revocationsKnown },
  });
  return { authentication, report, info, revocations };
}

describe('createAuthentication', () => {
  it('answers with the user', async () => {
    const { authentication } = create(async () => ({ id: 'alice' }));
    expect(await authentication('token')).toEqual({ id: 'alice' });
  });

  it('writes the cause of a refusal into the log, since the client does not learn it', async () => {
    const cause = new Error('unknown key');
    const { authentication, info, report } = create(() => Promise.reject(cause));
    await expect(authentication('token')).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(info.mock.calls).toMatchObject([[{ err: { cause } }, 'a token was refused']]);
    expect(report).not.toHaveBeenCalled();
  });

  it('writes nothing about clients that are merely gone', async () => {
    const { authentication, info } = create(() => new Promise(() => {}));
    const gone = new AbortController();
    const attempt = authentication('token', gone.signal);
    gone.abort();
    await expect(attempt).rejects.toMatchObject({ code: 'AUTHENTICATION_FAILED' });
    expect(info).not.toHaveBeenCalled();
  });

  it('refuses a token that was revoked, also while it was looked at', async () => {
    const user = { id: 'alice', tokenId: 't-1', issuedAtMs: 1_000 };
    const { authentication, revocations, report, info } = create(async () => user);
    expect(await authentication('token')).toBe(user);
    revocations.addToken('t-1');
    await expect(authentication('token')).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
    expect(info.mock.calls).toMatchObject([
      [{ err: { code: 'TOKEN_REVOKED' } }, expect.any(String)],
    ]);
    expect(report).not.toHaveBeenCalled();

    const during = create(async () => {
      during.revocations.addUser('alice');
      return user;
    });
    await expect(during.authentication('token')).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
  });

  it('lets nobody in before it is known what other nodes have revoked', async () => {
    let known = () => {};
    const loading = new Promise<void>((resolve) => {
      known = resolve;
    });
    const user = { id: 'alice', tokenId: 't-1' };
    const { authentication, revocations } = create(
      async () => user,
      () => loading,
    );
    const attempt = authentication('token');
    revocations.add({ kind: 'token', id: 't-1', atMs: Date.now() });
    known();
    await expect(attempt).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });

    const never = create(
      async () => user,
      () => new Promise<void>(() => {}),
    );
    await expect(never.authentication('token')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(never.report).toHaveBeenCalledOnce();
  });

  it('reports an authenticate that fails at its work or hangs', async () => {
    const failing = create(() => Promise.reject(new RoomcastError('INTERNAL', 'no keys')));
    await expect(failing.authentication('token')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(failing.report.mock.calls).toMatchObject([[{ code: 'INTERNAL' }, 'authenticate']]);

    const hanging = create(() => new Promise(() => {}));
    await expect(hanging.authentication('token')).rejects.toMatchObject({
      code: 'AUTHENTICATION_TIMEOUT',
    });
    expect(hanging.report).toHaveBeenCalledOnce();
  });

  it.each(['x'.repeat(201), '\ud800'])(
    'refuses a user who could not have a room of their own',
    async (id) => {
      const { authentication } = create(async () => ({ id }));
      await expect(authentication('token')).rejects.toMatchObject({
        code: 'AUTHENTICATION_FAILED',
        message: expect.stringContaining('user id'),
      });
    },
  );
});
