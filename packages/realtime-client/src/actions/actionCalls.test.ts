import {
  type ActionAnswer,
  ActionError,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeTransport } from '../fakes/fakeTransport.ts';
import { ActionCalls } from './actionCalls.ts';
import type { CallOptions } from './callOptions.ts';

const unhandled = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  process.on('unhandledRejection', unhandled);
});

afterEach(() => {
  vi.useRealTimers();
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

function start(options?: CallOptions) {
  const calls = new ActionCalls(systemClock);
  const transport = new FakeTransport(null, { onFrame: vi.fn(), onDown: vi.fn() });
  const answer = calls.send(transport, { ...options, name: 'buy', args: [{ seat: 'C12' }] });
  return { calls, answer, request: () => transport.lastRequest(), transport };
}

/** Nothing waits any more. */
function expectSettled() {
  expect(vi.getTimerCount()).toBe(0);
}

describe('a call', () => {
  it('is sent at once and resolves with the value of its acknowledgement', async () => {
    const { answer, request } = start();
    expect(request()).toMatchObject({ name: 'buy', args: [{ seat: 'C12' }] });
    expect(vi.getTimerCount()).toBe(1);
    request().accept({ ticket: 't-1' });
    await expect(answer).resolves.toEqual({ value: { ticket: 't-1' }, positions: [] });
    expectSettled();
  });

  it.each([new ActionError('SOLD_OUT', 'No seats left.'), new RoomcastError('FORBIDDEN', 'No.')])(
    'rejects with the refusal as what it is: $name',
    async (refusal) => {
      const { answer, request } = start();
      request().refuse(refusal);
      await expect(answer).rejects.toThrow(refusal);
      await expect(answer).rejects.toMatchObject({ name: refusal.name, code: refusal.code });
      expectSettled();
    },
  );

  it('rejects where the server answers with something else', async () => {
    const { answer, request } = start();
    request().answer('ok');
    await expect(answer).rejects.toMatchObject({ code: 'INVALID_FRAME' });
  });

  it('takes the first of two answers', async () => {
    const { answer, request } = start();
    request().accept('first');
    request().accept('second');
    request().refuse(new Error('third'));
    await expect(answer).resolves.toMatchObject({ value: 'first' });
  });

  it('is not sent without a connection', async () => {
    const calls = new ActionCalls(systemClock);
    await expect(calls.send(null, { name: 'buy', args: [] })).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      message: '"buy" was not sent: there is no connection.',
    });
    expectSettled();
  });

  it('rejects with a typed error where its input has no form on the wire', async () => {
    const calls = new ActionCalls(systemClock);
    const transport = new FakeTransport(null, { onFrame: vi.fn(), onDown: vi.fn() });
    const endless: unknown[] = [];
    endless.push(endless);
    const abort = new AbortController();
    const answer = calls.send(transport, {
      ...{ name: 'buy', args: [endless], signal: abort.signal },
    });
    await expect(answer).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
      cause: expect.any(TypeError),
    });
    expectSettled();
  });
});

describe('the time of a call', () => {
  it('is ten seconds unless said otherwise', async () => {
    const { answer } = start();
    const failed = expect(answer).rejects.toMatchObject({
      code: 'ACTION_TIMEOUT',
      message: '"buy" had no answer within 10000 ms.',
    });
    await vi.advanceTimersByTimeAsync(9_999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expectSettled();
  });

  it('can be chosen, and an answer after it changes nothing', async () => {
    const { answer, request } = start({ timeoutMs: 50 });
    const failed = expect(answer).rejects.toMatchObject({ code: 'ACTION_TIMEOUT' });
    await vi.advanceTimersByTimeAsync(50);
    request().accept('late');
    await failed;
  });
});

describe('aborting a call', () => {
  it('rejects with the reason of the signal', async () => {
    const abort = new AbortController();
    const { answer, request } = start({ signal: abort.signal });
    const reason = new Error('page closed');
    abort.abort(reason);
    await expect(answer).rejects.toBe(reason);
    request().accept('late');
    expectSettled();
  });

  it('before it was made sends nothing', async () => {
    const { answer, transport } = start({ signal: AbortSignal.abort('never mind') });
    await expect(answer).rejects.toBe('never mind');
    expect(transport.requests).toEqual([]);
    expectSettled();
  });

  it('after it was settled does nothing, and no listener stays on the signal', async () => {
    const abort = new AbortController();
    const removed = vi.spyOn(abort.signal, 'removeEventListener');
    const { answer, request } = start({ signal: abort.signal });
    request().accept('done');
    abort.abort();
    await expect(answer).resolves.toMatchObject({ value: 'done' });
    expect(removed).toHaveBeenCalledOnce();
  });
});

describe('the end of the connection', () => {
  it('fails every call that waits, and none that comes later', async () => {
    const { calls, answer, transport, request } = start();
    const second = calls.send(transport, { name: 'sell', args: [] });
    const failures = Promise.all(
      [answer, second].map((call) =>
        expect(call).rejects.toMatchObject({ name: 'RoomcastError', code: 'CONNECTION_LOST' }),
      ),
    );
    calls.failAll();
    await failures;
    expectSettled();
    const third = calls.send(transport, { name: 'rent', args: [] });
    request().accept('rented');
    await expect(third).resolves.toMatchObject({ value: 'rented' });
  });
});

describe('an outcome', () => {
  it('is told in the moment in which the answer arrives, before anything behind it', () => {
    const calls = new ActionCalls(systemClock);
    const transport = new FakeTransport(null, { onFrame: vi.fn(), onDown: vi.fn() });
    const told: unknown[] = [];
    const outcome = {
      resolve: ({ value }: ActionAnswer) => told.push(value),
      reject: (error: unknown) => told.push(error),
    };
    calls.start(transport, { name: 'buy', args: [] }, outcome);
    transport.lastRequest().accept('bought');
    calls.start(transport, { name: 'buy', args: [] }, outcome);
    transport.lastRequest().refuse(new RoomcastError('FORBIDDEN', 'No.'));
    expect(told).toEqual(['bought', new RoomcastError('FORBIDDEN', 'No.')]);
    expectSettled();
  });
});
