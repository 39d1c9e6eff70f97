import { ActionError, readAcknowledgement } from '@roomcast/realtime-contract';
import type { WebSocketManagerOptions } from '@roomcast/realtime-server';
import { startTestServer, type TestServer, WebSocketTester } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../eventually.ts';
import { type ClubContract, clubContract } from './clubContract.ts';
import { connectPlain } from './plainClient.ts';

const contract = clubContract;
type Options = Partial<WebSocketManagerOptions<ClubContract>>;
type Call = (name: string, input: unknown) => Promise<unknown>;

/** A caller through our own client. */
async function framedCaller(server: TestServer<ClubContract>, userId?: string): Promise<Call> {
  const tester = new WebSocketTester(server);
  await tester.connect(userId);
  return (name, input) => tester.client.call(name as 'say', input as { text: string });
}

/** A caller through a stock Socket.IO client. */
async function plainCaller(server: TestServer<ClubContract>, userId?: string): Promise<Call> {
  const auth = userId === undefined ? {} : { token: await server.tokenFor(userId) };
  const client = await connectPlain(server.url, { auth });
  return async (name, input) => readAcknowledgement(await client.ask(name, input));
}

describe.each([
  ['our own client', 'framed', framedCaller],
  ['a stock client', 'plain', plainCaller],
] as const)('an action of %s', (_, dialect, openCaller) => {
  const start = (options: Options = {}) => startTestServer(contract, options);

  it('is answered by its handler, which knows who calls', async () => {
    const say = vi.fn(({ text }: { text: string }, _context: unknown) => ({ length: text.length }));
    await using server = await start({ actions: { say } });
    const call = await openCaller(server, 'alice');
    expect(await call('say', { text: 'hello' })).toEqual({ length: 5 });
    expect(say.mock.calls[0]?.[1]).toMatchObject({
      session: { user: { id: 'alice' }, dialect, id: expect.any(String) },
      publisher: { publish: expect.any(Function) },
      retry: false,
    });
  });

  it('may publish, and its caller receives that like everybody else', async () => {
    await using server = await start({
      actions: {
        say: async ({ text }, { publisher }) => {
          const room = 'event-42';
          await publisher.publish({ room, event: 'said', payload: { text }, delivery: 'reliable' });
          return { length: text.length };
        },
      },
    });
    await using witness = new WebSocketTester(server);
    await witness.connect();
    await witness.join('event', { eventId: '42' });
    const call = await openCaller(server, 'alice');
    await call('say', { text: 'hello' });
    expect(await witness.waitForEvent('said')).toEqual({ text: 'hello' });
  });

  it('may be refused with an error that the contract declares', async () => {
    await using server = await start({
      actions: {
        say: () => {
          throw new ActionError('TOO_LOUD', 'People sleep.');
        },
      },
    });
    const call = await openCaller(server, 'alice');
    const error = await call('say', { text: 'hello' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ActionError);
    expect(error).toMatchObject({ code: 'TOO_LOUD', message: 'People sleep.' });
    expect(server.errors).toEqual([]);
  });

  it('that fails says no more than that, and is reported', async () => {
    await using server = await start({
      actions: { say: () => Promise.reject(new Error('password of the database')) },
    });
    const call = await openCaller(server, 'alice');
    await expect(call('say', { text: 'hello' })).rejects.toMatchObject({
      code: 'ACTION_FAILED',
      message: expect.stringMatching(/^The action "say" failed\.( See \S+)?$/),
    });
    expect(server.errors).toMatchObject([{ source: 'action "say"' }]);
  });

  it('that takes too long is given up', async () => {
    await using server = await start({
      actions: { say: () => new Promise(() => {}) },
      actionTimeoutMs: 20,
    });
    const call = await openCaller(server, 'alice');
    await expect(call('say', { text: 'hello' })).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
  });

  it.each([{}, { text: 7 }, null, 'hello', { text: 'x'.repeat(201) }])(
    'is not handed %j, which is no input of it',
    async (input) => {
      const say = vi.fn(() => ({ length: 0 }));
      await using server = await start({ actions: { say } });
      const call = await openCaller(server, 'alice');
      await expect(call('say', input)).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
      expect(say).not.toHaveBeenCalled();
    },
  );

  it('is for guests only where the contract says so', async () => {
    const actions: Options['actions'] = { look: () => 'around', say: () => ({ length: 0 }) };
    await using server = await start({ actions });
    const call = await openCaller(server);
    expect(await call('look', null)).toBe('around');
    await expect(call('say', { text: 'hello' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['say', 'dance', '__proto__', 'constructor'])(
    'of the name %s is not known where it has no handler',
    async (name) => {
      await using server = await start({ actions: {} });
      const call = await openCaller(server, 'alice');
      await expect(call(name, { text: 'hello' })).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
    },
  );

  it('whose answer is not what the contract says is refused, and reported', async () => {
    await using server = await start({
      actions: { say: () => ({ length: 'long' }) as unknown as { length: number } },
    });
    const call = await openCaller(server, 'alice');
    await expect(call('say', { text: 'hello' })).rejects.toMatchObject({ code: 'ACTION_FAILED' });
    expect(server.errors).toMatchObject([{ error: { code: 'INVALID_PAYLOAD' } }]);
  });

  it('whose answer cannot be written down is refused, and others go on', async () => {
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    const answers: unknown[] = [endless, 12n, 'fine'];
    await using server = await start({ actions: { echo: () => answers.shift() } });
    const call = await openCaller(server, 'alice');
    await expect(call('echo', null)).rejects.toMatchObject({ code: 'INTERNAL' });
    await expect(call('echo', null)).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(await call('echo', null)).toBe('fine');
    expect(server.errors.map(({ source }) => source)).toEqual([
      'acknowledgement of "echo"',
      'acknowledgement of "echo"',
    ]);
  });

  it('goes on when its client has gone, and hears when the server closes', async () => {
    const seen: AbortSignal[] = [];
    await using server = await start({
      actions: {
        say: (_input, { signal }) => {
          seen.push(signal);
          return new Promise(() => {});
        },
      },
    });
    const call = await openCaller(server, 'alice');
    call('say', { text: 'hello' }).catch(() => {});
    await eventually(() => expect(seen).toHaveLength(1));
    expect(seen[0]?.aborted).toBe(false);
    await server.manager.close();
    expect(seen[0]?.aborted).toBe(true);
  });
});
