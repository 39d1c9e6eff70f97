import { ActionError, RoomcastError, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession } from '../fakes/createFakeSession.ts';
import { createTestContract } from '../fakes/createTestContract.ts';
import type { ActionContext } from './actionHandler.ts';
import { type ActionEnvironment, dispatchAction } from './dispatchAction.ts';

const alice = createFakeSession({ user: { id: 'alice' } });
const guest = createFakeSession();
const publisher = { publish: vi.fn() };
const report = vi.fn();
const closing = new AbortController();

beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
});

afterEach(() => {
  vi.useRealTimers();
});

type Handler = (input: string, context: ActionContext) => unknown;

function environment(
  handlers: Record<string, Handler>,
  options: Partial<ActionEnvironment> = {},
): ActionEnvironment {
  return {
    contract: createTestContract(),
    handlers: handlers as ActionEnvironment['handlers'],
    ...{ publisher, clock: systemClock, timeoutMs: 1_000, validateOutput: true, report },
    closing: closing.signal,
    ...options,
  };
}

const shout = (handler: Handler, options?: Partial<ActionEnvironment>) =>
  dispatchAction(environment({ shout: handler }, options), alice, 'shout', 'hello');

describe('dispatchAction', () => {
  it('answers with what the handler answered', async () => {
    expect(await shout((input) => input.toUpperCase())).toBe('HELLO');
    expect(await shout(async (input) => `${input}!`)).toBe('hello!');
    expect(report).not.toHaveBeenCalled();
  });

  it('tells the handler who calls, and gives it the publisher', async () => {
    const handler = vi.fn<Handler>(() => '');
    await shout(handler);
    expect(handler).toHaveBeenCalledExactlyOnceWith('hello', {
      session: { id: 'connection-1', user: { id: 'alice' }, dialect: 'framed' },
      signal: expect.any(AbortSignal),
      publisher,
    });
  });

  it.each(['nothing', '__proto__', 'constructor', 'toString', ''])(
    'knows no action %j',
    async (name) => {
      await expect(dispatchAction(environment({}), alice, name, '')).rejects.toMatchObject({
        code: 'UNKNOWN_EVENT',
      });
    },
  );

  it('knows no action without a handler, and no handler without an action', async () => {
    const handlers = environment({ hum: () => 'mm' });
    for (const name of ['shout', 'hum']) {
      await expect(dispatchAction(handlers, alice, name, '')).rejects.toMatchObject({
        code: 'UNKNOWN_EVENT',
      });
    }
  });

  it('does not repeat a long name to its sender', async () => {
    const error = await dispatchAction(environment({}), alice, 'x'.repeat(10_000), '').catch(
      (reason: Error) => reason,
    );
    expect((error as Error).message.length).toBeLessThan(200);
  });

  it('needs a user, except where the action is for guests', async () => {
    const handler = vi.fn<Handler>(() => 'psst');
    const handlers = environment({ shout: handler, whisper: handler });
    await expect(dispatchAction(handlers, guest, 'shout', 'hello')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(handler).not.toHaveBeenCalled();
    expect(await dispatchAction(handlers, guest, 'whisper', 'hello')).toBe('psst');
  });

  it('hands no input to the handler that does not fit', async () => {
    const handler = vi.fn<Handler>(() => '');
    const handlers = environment({ shout: handler });
    for (const input of [undefined, null, 7, { text: 'hello' }]) {
      await expect(dispatchAction(handlers, alice, 'shout', input)).rejects.toMatchObject({
        code: 'INVALID_PAYLOAD',
      });
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it('passes a declared refusal on as it is', async () => {
    const refusal = new ActionError('TOO_LOUD', 'People sleep.');
    await expect(shout(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(report).not.toHaveBeenCalled();
  });

  it.each([
    ['an error', new Error('password of the database')],
    ['a refusal that is not declared', new ActionError('OUT_OF_TUNE')],
    ['an error of ours', new RoomcastError('FORBIDDEN', 'password of the database')],
    ['a timeout of somebody else', new RoomcastError('ACTION_TIMEOUT', 'password')],
    ['a text', 'password of the database'],
  ])(
    'tells the client no more than that it failed, when the handler throws %s',
    async (_, thrown) => {
      const error = await shout(() => {
        throw thrown;
      }).catch((reason: RoomcastError) => reason);
      expect(error).toMatchObject({
        code: 'ACTION_FAILED',
        message: expect.stringMatching(/^The action "shout" failed\.( See \S+)?$/),
      });
      expect(report).toHaveBeenCalledExactlyOnceWith(thrown, 'action "shout"');
    },
  );

  it('gives up a handler that hangs, and tells it so', async () => {
    const handler = vi.fn<Handler>(() => new Promise(() => {}));
    const answer = shout(handler).catch((reason: RoomcastError) => reason);
    await vi.advanceTimersByTimeAsync(999);
    expect(handler.mock.calls[0]?.[1].signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toMatchObject({ code: 'ACTION_TIMEOUT' });
    expect(handler.mock.calls[0]?.[1].signal.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not mind a handler that fails after it was given up', async () => {
    const answer = shout(
      () =>
        new Promise((_, reject) => {
          systemClock.schedule(() => reject(new Error('late')), 5_000);
        }),
    ).catch((reason: RoomcastError) => reason);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(await answer).toMatchObject({ code: 'ACTION_TIMEOUT' });
  });

  it('tells the handler when the server closes', async () => {
    const ending = new AbortController();
    const handler = vi.fn<Handler>(() => new Promise(() => {}));
    const answer = shout(handler, { closing: ending.signal }).catch(() => {});
    await vi.advanceTimersByTimeAsync(1);
    expect(handler.mock.calls[0]?.[1].signal.aborted).toBe(false);
    ending.abort();
    expect(handler.mock.calls[0]?.[1].signal.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    await answer;
  });

  it('leaves no timer behind', async () => {
    await shout(() => 'done');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not send an answer that the contract does not describe', async () => {
    await expect(shout(() => 7)).rejects.toMatchObject({ code: 'ACTION_FAILED' });
    expect(report.mock.calls).toMatchObject([[{ code: 'INVALID_PAYLOAD' }, 'action "shout"']]);
  });

  it('does not check the answer where that is turned off', async () => {
    expect(await shout(() => 7, { validateOutput: false })).toBe(7);
  });
});
