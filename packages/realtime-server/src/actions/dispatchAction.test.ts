import { createMemoryCallLedger } from '@roomcast/realtime-broker';
import {
  ActionError,
  type AnyContract,
  type Publisher,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeSession } from '../fakes/createFakeSession.ts';
import { createTestContract } from '../fakes/createTestContract.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership } from '../fakes/fakeMembership.ts';
import type { Session } from '../session/session.ts';
import type { ActionContext } from './actionHandler.ts';
import { type ActionEnvironment, dispatchAction } from './dispatchAction.ts';

const alice = createFakeSession({ user: { id: 'alice' } });
const guest = createFakeSession();
const position = { epoch: 'epoch', offset: 1, revision: 0 };
const publisher = { publish: vi.fn<Publisher['publish']>(async () => ({ position })) };
const report = vi.fn();
const closing = new AbortController();

beforeEach(() => {
  vi.useFakeTimers();
  report.mockReset();
  publisher.publish.mockClear();
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
    ledger: createMemoryCallLedger(),
    closing: closing.signal,
    ...options,
  };
}

const dispatch = async (
  handlers: ActionEnvironment,
  session: Session,
  name: string,
  input: unknown,
  meta?: unknown,
) => (await dispatchAction(handlers, session, { name, input, meta })).value;

const shout = (handler: Handler, options?: Partial<ActionEnvironment>) =>
  dispatch(environment({ shout: handler }, options), alice, 'shout', 'hello');

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
      publisher: expect.objectContaining({ publish: expect.any(Function) }),
      ...{ idempotencyKey: null, retry: false },
    });
  });

  it('tells where the rooms stand that the handler published to', async () => {
    const handler: Handler = async (_, context) => {
      const input = {
        room: 'event-1',
        event: 'posted',
        payload: 'x',
        delivery: 'reliable',
      } as const;
      await context.publisher.publish(input);
      return '';
    };
    const call = { name: 'shout', input: 'hello', meta: undefined };
    expect(await dispatchAction(environment({ shout: handler }), alice, call)).toEqual({
      value: '',
      positions: [{ room: 'event-1', position }],
    });
    expect(publisher.publish.mock.calls[0]?.[0]).not.toHaveProperty('causedBy');
  });

  it.each(['nothing', '__proto__', 'constructor', 'toString', ''])(
    'knows no action %j',
    async (name) => {
      await expect(dispatch(environment({}), alice, name, '')).rejects.toMatchObject({
        code: 'UNKNOWN_EVENT',
      });
    },
  );

  it('knows no action without a handler, and no handler without an action', async () => {
    const handlers = environment({ hum: () => 'mm' });
    for (const name of ['shout', 'hum']) {
      await expect(dispatch(handlers, alice, name, '')).rejects.toMatchObject({
        code: 'UNKNOWN_EVENT',
      });
    }
  });

  it('does not repeat a long name to its sender', async () => {
    const error = await dispatch(environment({}), alice, 'x'.repeat(10_000), '').catch(
      (reason: Error) => reason,
    );
    expect((error as Error).message.length).toBeLessThan(200);
  });

  it('needs a user, except where the action is for guests', async () => {
    const handler = vi.fn<Handler>(() => 'psst');
    const handlers = environment({ shout: handler, whisper: handler });
    await expect(dispatch(handlers, guest, 'shout', 'hello')).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    expect(handler).not.toHaveBeenCalled();
    expect(await dispatch(handlers, guest, 'whisper', 'hello')).toBe('psst');
  });

  it('hands no input to the handler that does not fit', async () => {
    const handler = vi.fn<Handler>(() => '');
    const handlers = environment({ shout: handler });
    for (const input of [undefined, null, 7, { text: 'hello' }]) {
      await expect(dispatch(handlers, alice, 'shout', input)).rejects.toMatchObject({
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
    expect(report).not.toHaveBeenCalled();
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

describe('a call with a key', () => {
  const meta = { idempotencyKey: 'k-1' };
  type Answer = Promise<unknown>;
  const failureOf = (answer: Answer) => answer.catch((reason: RoomcastError) => reason);

  function caller(handler: Handler, options?: Partial<ActionEnvironment>) {
    const handlers = environment({ shout: handler, whisper: handler }, options);
    return (session: Session, input: unknown = 'hello', name = 'shout', second: unknown = meta) =>
      dispatch(handlers, session, name, input, second);
  }

  it('is done once, and answered alike', async () => {
    let count = 0;
    const handler = vi.fn<Handler>(() => {
      count += 1;
      return `done ${count}`;
    });
    const call = caller(handler);
    expect(await call(alice)).toBe('done 1');
    expect(await call(alice)).toBe('done 1');
    expect(handler.mock.calls).toMatchObject([['hello', { idempotencyKey: 'k-1', retry: false }]]);
  });

  it('is answered alike with positions too, and nothing is published again', async () => {
    const handler: Handler = async (_, context) => {
      const input = {
        room: 'event-1',
        event: 'posted',
        payload: 'x',
        delivery: 'reliable',
      } as const;
      await context.publisher.publish(input);
      return 'done';
    };
    const handlers = environment({ shout: handler });
    const call = () => dispatchAction(handlers, alice, { name: 'shout', input: 'hello', meta });
    const first = await call();
    expect(first).toEqual({ value: 'done', positions: [{ room: 'event-1', position }] });
    expect(await call()).toEqual(first);
    expect(publisher.publish.mock.calls).toMatchObject([[{ causedBy: 'k-1' }]]);
  });

  it('that comes twice at once is done once', async () => {
    const handler = vi.fn<Handler>(
      () =>
        new Promise((resolve) => {
          systemClock.schedule(() => resolve('slow'), 500);
        }),
    );
    const call = caller(handler);
    const answers = Promise.all([call(alice), call(alice)]);
    await vi.advanceTimersByTimeAsync(500);
    expect(await answers).toEqual(['slow', 'slow']);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('is another one of another user, another action, and another connection of a guest', async () => {
    const handler = vi.fn<Handler>((_, { session }) => session.id + (session.user?.id ?? ''));
    const call = caller(handler);
    const otherGuest = createFakeSession({
      connection: createFakeConnection(createFakeMembership(), 'connection-2'),
    });
    await call(alice);
    await call(createFakeSession({ user: { id: 'bob' } }));
    await call(alice, 'hello', 'whisper');
    await call(guest, 'hello', 'whisper');
    await call(otherGuest, 'hello', 'whisper');
    expect(handler).toHaveBeenCalledTimes(5);
    await call(guest, 'hello', 'whisper');
    expect(handler).toHaveBeenCalledTimes(5);
  });

  it('is the same one on another connection of its user', async () => {
    const handler = vi.fn<Handler>(() => 'done');
    const call = caller(handler);
    await call(alice);
    const connection = createFakeConnection(createFakeMembership(), 'connection-2');
    await call(createFakeSession({ user: { id: 'alice' }, connection }));
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('is refused with another input, also while the first one runs', async () => {
    const handler = vi.fn<Handler>((input) =>
      input === 'hang' ? new Promise(() => {}) : input.toUpperCase(),
    );
    const call = caller(handler);
    await call(alice);
    expect(await failureOf(call(alice, 'bye'))).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    const running = failureOf(call(guest, 'hang', 'whisper'));
    expect(await failureOf(call(guest, 'bye', 'whisper'))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(handler).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_000);
    await running;
  });

  it('that was refused with a declared error is refused again, without being done', async () => {
    const handler = vi.fn<Handler>(() => {
      throw new ActionError('TOO_LOUD', 'People sleep.');
    });
    const call = caller(handler);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const error = await failureOf(call(alice));
      expect(error).toBeInstanceOf(ActionError);
      expect(error).toMatchObject({ code: 'TOO_LOUD', message: 'People sleep.' });
    }
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('that was refused before its handler ran is not remembered', async () => {
    const handler = vi.fn<Handler>(() => 'done');
    const call = caller(handler);
    expect(await failureOf(call(alice, 7))).toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(await failureOf(call(guest))).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await call(alice)).toBe('done');
    expect(handler.mock.calls).toMatchObject([['hello', { retry: false }]]);
  });

  it('that failed is handed to the handler again, which is told so', async () => {
    const handler = vi.fn<Handler>((_, { retry }) => {
      if (!retry) throw new Error('no database');
      return 'done then';
    });
    const call = caller(handler);
    expect(await failureOf(call(alice))).toMatchObject({ code: 'ACTION_FAILED' });
    expect(await call(alice)).toBe('done then');
    expect(await call(alice)).toBe('done then');
    expect(handler.mock.calls.map(([, { retry }]) => retry)).toEqual([false, true]);
    expect(report).toHaveBeenCalledTimes(1);
  });

  it('that was given up is handed to the handler again, which is told so', async () => {
    const handler = vi.fn<Handler>((_, { retry }) => (retry ? 'done' : new Promise(() => {})));
    const call = caller(handler);
    const first = failureOf(call(alice));
    const second = failureOf(call(alice));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toMatchObject({ code: 'ACTION_TIMEOUT' });
    expect(await second).toMatchObject({ code: 'ACTION_TIMEOUT' });
    expect(await call(alice)).toBe('done');
    expect(handler).toHaveBeenCalledTimes(2);
  });

  it('that was given up and got done all the same is answered with that', async () => {
    const handler = vi.fn<Handler>(
      () =>
        new Promise((resolve) => {
          systemClock.schedule(() => resolve('late'), 5_000);
        }),
    );
    const call = caller(handler);
    const first = failureOf(call(alice));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await first).toMatchObject({ code: 'ACTION_TIMEOUT' });
    expect(await call(alice)).toBe('late');
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it('whose answer cannot be written down is handed to the handler again', async () => {
    const handler = vi.fn<Handler>((_, { retry }) => (retry ? 'fine' : 12n));
    const call = caller(handler, { validateOutput: false });
    expect(await call(alice)).toBe(12n);
    expect(await call(alice)).toBe('fine');
  });

  it.each([
    ...['', 7, null, {}, ['k'], 'k\n', 'x'.repeat(65)].map((idempotencyKey) => ({
      idempotencyKey,
    })),
  ])('is refused where its second argument is %j', async (second) => {
    const handler = vi.fn<Handler>(() => 'done');
    const call = caller(handler);
    const error = await failureOf(call(alice, 'hello', 'shout', second));
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([null, {}, { other: 'field' }, 7, '', 'k-1', ['k-1']])(
    'is one without a key where the second argument is %j',
    async (second) => {
      const handler = vi.fn<Handler>(() => 'done');
      const call = caller(handler);
      await call(alice, 'hello', 'shout', second);
      await call(alice, 'hello', 'shout', second);
      expect(handler).toHaveBeenCalledTimes(2);
      expect(handler.mock.calls[0]?.[1]).toMatchObject({ idempotencyKey: null, retry: false });
    },
  );
});

it('does not call the handler where its time is over before its input is validated', async () => {
  const handler = vi.fn<Handler>(() => '');
  const contract = createTestContract();
  const slow: AnyContract['actions'][string]['input'] = {
    '~standard': {
      version: 1,
      vendor: 'roomcast-tests',
      validate: (value) =>
        new Promise((resolve) => {
          systemClock.schedule(() => resolve({ value }), 2_000);
        }),
    },
  };
  const shouting = { ...contract.actions.shout!, input: slow };
  const slowContract = { ...contract, actions: { shout: shouting } };
  const answer = shout(handler, { contract: slowContract }).catch((error: RoomcastError) => error);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await answer).toMatchObject({ code: 'ACTION_TIMEOUT' });
  expect(handler).not.toHaveBeenCalled();
});
