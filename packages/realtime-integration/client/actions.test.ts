import { ActionError, RoomcastError } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startFaultProxy, startTestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { openClient } from './openClient.ts';

const contract = eventContract;
const message = { eventId: '42', message: 'See you there!' };
const receipt = { messageId: 'message-1', timestamp: '2026-05-04T18:30:00.000Z' };

type Handler = (input: typeof message) => Promise<typeof receipt>;

/** Alice, connected to a server with this handler of `send-message`. */
async function startAlice(handler?: Handler) {
  const actions = handler ? { 'send-message': handler } : {};
  const server = await startTestServer(contract, { actions });
  const proxy = await startFaultProxy(server.port);
  const url = `http://127.0.0.1:${proxy.port}`;
  const alice = openClient(url, { getToken: () => server.tokenFor('alice') });
  await alice.reaches('connected');
  return {
    ...{ server, proxy, alice },
    call: (input = message, options = {}) => alice.client.call('send-message', input, options),
    async [Symbol.asyncDispose]() {
      await alice.client.close();
      await proxy.close();
      await server.close();
    },
  };
}

/** A handler that answers when the test says so. */
function hangingHandler() {
  let answer = () => {};
  const handler = vi.fn<Handler>(() => new Promise((resolve) => (answer = () => resolve(receipt))));
  return { handler, answer: () => answer() };
}

describe('an action', () => {
  it('resolves with what its handler answers', async () => {
    const handler = vi.fn<Handler>(async () => receipt);
    await using stage = await startAlice(handler);
    await expect(stage.call({ ...message, message: '  Hello  ' })).resolves.toEqual(receipt);
    expect(handler.mock.calls[0]?.[0]).toEqual({ eventId: '42', message: 'Hello' });
  });

  it('rejects with the declared refusal that its handler throws', async () => {
    await using stage = await startAlice(async () => {
      throw new ActionError('EVENT_NOT_FOUND', 'There is no event 42.');
    });
    const refusal = await stage.call().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ActionError);
    expect(refusal).toMatchObject({ code: 'EVENT_NOT_FOUND', message: 'There is no event 42.' });
  });

  it('rejects with ACTION_FAILED, and says no more, where its handler breaks', async () => {
    await using stage = await startAlice(async () => {
      throw new Error('password is hunter2');
    });
    const refusal = await stage.call().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RoomcastError);
    expect(refusal).toMatchObject({ code: 'ACTION_FAILED' });
    expect(String(refusal)).not.toContain('hunter2');
    expect(stage.server.errors).toMatchObject([{ error: { message: 'password is hunter2' } }]);
  });

  it('rejects with INVALID_PAYLOAD where its input does not fit', async () => {
    const handler = vi.fn<Handler>(async () => receipt);
    await using stage = await startAlice(handler);
    await expect(stage.call({ ...message, message: '' })).rejects.toMatchObject({
      code: 'INVALID_PAYLOAD',
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it('rejects with UNKNOWN_EVENT where the server has no handler', async () => {
    await using stage = await startAlice();
    await expect(stage.call()).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
  });

  it('rejects with UNAUTHENTICATED for a guest', async () => {
    await using server = await startTestServer(contract, {
      ...{ actions: { 'send-message': async () => receipt } },
    });
    await using guest = openClient(server.url);
    await guest.reaches('connected');
    await expect(guest.client.call('send-message', message)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });

  it('rejects with ACTION_TIMEOUT where no answer comes in time', async () => {
    await using stage = await startAlice(hangingHandler().handler);
    await expect(stage.call(message, { timeoutMs: 20 })).rejects.toMatchObject({
      code: 'ACTION_TIMEOUT',
    });
  });

  it('rejects with NOT_CONNECTED while there is no connection', async () => {
    const handler = vi.fn<Handler>(async () => receipt);
    await using stage = await startAlice(handler);
    stage.alice.client.disconnect();
    await expect(stage.call()).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    stage.alice.client.connect();
    await stage.alice.reaches('connected');
    await stage.call();
    expect(handler).toHaveBeenCalledOnce();
  });

  it('rejects with CONNECTION_LOST where the connection drops before the answer', async () => {
    const { handler, answer } = hangingHandler();
    await using stage = await startAlice(handler);
    const calls = [stage.call(), stage.call()].map((call) => call.catch((error: unknown) => error));
    await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(2));
    stage.proxy.cut();
    expect(await Promise.all(calls)).toMatchObject([
      { name: 'RoomcastError', code: 'CONNECTION_LOST' },
      { name: 'RoomcastError', code: 'CONNECTION_LOST' },
    ]);
    // An answer that finds nobody harms nobody.
    answer();
    await stage.alice.reaches('connected');
    expect(stage.server.errors).toEqual([]);
  });

  it('is answered by what belongs to it, in whatever order the answers come', async () => {
    const answers: (() => void)[] = [];
    await using stage = await startAlice(
      ({ message: text }) =>
        new Promise((resolve) =>
          answers.push(() => resolve({ ...receipt, messageId: `for ${text}` })),
        ),
    );
    const calls = ['a', 'b', 'c'].map((text) => stage.call({ ...message, message: text }));
    await vi.waitFor(() => expect(answers).toHaveLength(3));
    for (const answer of answers.toReversed()) answer();
    expect((await Promise.all(calls)).map(({ messageId }) => messageId)).toEqual([
      ...['for a', 'for b', 'for c'],
    ]);
  });
});
