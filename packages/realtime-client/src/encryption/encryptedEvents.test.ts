import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createRealtimeClient } from '../createRealtimeClient.ts';
import { chatContract } from '../fakes/chatContract.ts';
import { chatKeys, joined, misfit, mood, openChat, said } from '../fakes/openChat.ts';
import { opened } from '../fakes/openTransport.ts';
import { OpeningError } from './openingError.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

/** A value that comes when the test says so. */
function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: Value) => resolve(value) };
}

beforeEach(() => {
  opened.length = 0;
});

describe('an encrypted event', () => {
  it('is told as what was published, in the order of the room', async () => {
    const { heard, transport, chat, logged } = await openChat();
    transport.publish(await said(1, 'one'), joined(2, 'bob'));
    transport.publish(joined(3, 'carol'));
    transport.publish(await said(4, 'two'), await mood(1, 'alice'));
    await vi.waitFor(() => expect(heard.at(-1)).toBe('alice is fine'));
    expect(heard).toEqual([
      ...['fresh', 'said one', 'joined bob', 'joined carol', 'said two', 'alice is fine'],
    ]);
    expect(logged.map(({ payload }) => payload)).toMatchObject([
      ...[{ text: 'one' }, 'bob', 'carol', { text: 'two' }, { is: 'fine' }],
    ]);
    expect(chat.position).toEqual({ epoch: 'e1', offset: 4, revision: 1 });
  });

  it('holds up its room until its key is there, and the position with it, and no other room', async () => {
    const answer = later<Uint8Array | undefined>();
    const { heard, transport, chat, client } = await openChat(() => answer.promise);
    client.subscribe('chat', { chatId: '2' });
    await vi.waitFor(() => expect(transport.requests).toHaveLength(1));
    const position = { epoch: 'e1', offset: 0, revision: 0 };
    transport.lastRequest().accept([{ room: 'chat-2', status: 'fresh', position }]);
    transport.publish(await said(1, 'one'));
    transport.publish(joined(2, 'bob'));
    transport.publish({ ...joined(1, 'elsewhere'), room: 'chat-2' });
    expect(heard).toEqual(['fresh', 'fresh', 'joined elsewhere']);
    expect(chat.position?.offset).toBe(0);
    answer.resolve(chatKeys['k-1']);
    await vi.waitFor(() => expect(heard.slice(3)).toEqual(['said one', 'joined bob']));
    expect(chat.position?.offset).toBe(2);
  });

  it('is told before a gap that the server told of behind it', async () => {
    const { heard, transport, chat } = await openChat();
    transport.publish(await said(1, 'one'));
    const position = { epoch: 'e1', offset: 9, revision: 0 };
    const result = { room: 'chat-1', status: 'gap', reason: 'overflow', position } as const;
    transport.receive({ type: 'room', result });
    await vi.waitFor(() => expect(heard).toEqual(['fresh', 'said one', 'gap']));
    expect(chat.position?.offset).toBe(9);
  });

  it('is dropped with its connection, and told once when it comes again', async () => {
    const answer = later<Uint8Array | undefined>();
    const { heard, transport, connect } = await openChat(() => answer.promise);
    transport.publish(await said(1, 'one'));
    transport.fail(new Error('cut'));
    const next = await connect('resumed');
    expect(next.rooms).toMatchObject([{ position: { offset: 0 } }]);
    next.publish(await said(1, 'one'));
    answer.resolve(chatKeys['k-1']);
    await vi.waitFor(() => expect(heard).toContain('said one'));
    expect(heard.filter((one) => one === 'said one')).toHaveLength(1);
  });

  it('that waits while the room is asked for again is no reason to ask once more', async () => {
    const answer = later<Uint8Array | undefined>();
    const { heard, transport } = await openChat(() => answer.promise);
    transport.publish(joined(2, 'bob'));
    await vi.waitFor(() => expect(transport.requests).toHaveLength(1));
    transport.publish(await said(3, 'three'));
    const position = { epoch: 'e1', offset: 3, revision: 0 };
    transport.lastRequest().accept([{ room: 'chat-1', status: 'resumed', position }]);
    transport.publish(joined(1, 'alice'), joined(2, 'bob'), await said(3, 'three'));
    answer.resolve(chatKeys['k-1']);
    await vi.waitFor(() =>
      expect(heard).toEqual(['fresh', 'joined alice', 'joined bob', 'said three']),
    );
    expect(transport.requests).toHaveLength(1);
  });

  it('is not told to another user, whose server did not send it', async () => {
    const answer = later<Uint8Array | undefined>();
    const { heard, transport, connect } = await openChat(() => answer.promise);
    transport.publish(await said(1, 'for alice'));
    transport.fail(new Error('cut'));
    const next = await connect('fresh', 'bob');
    answer.resolve(chatKeys['k-1']);
    next.publish(await said(1, 'for bob'));
    await vi.waitFor(() => expect(heard).toContain('said for bob'));
    expect(heard).not.toContain('said for alice');
  });

  it('is opened with the key that it names: keys may change at any time', async () => {
    const keys = vi.fn((id: string) => chatKeys[id]);
    const { heard, transport } = await openChat(keys);
    transport.publish(await said(1, 'one'), await said(2, 'two', 'k-2'));
    transport.publish(await said(3, 'three'), await said(4, 'four', 'k-2'));
    await vi.waitFor(() => expect(heard.at(-1)).toBe('said four'));
    expect(heard).toEqual(['fresh', 'said one', 'said two', 'said three', 'said four']);
    expect(keys.mock.calls.map(([id]) => id)).toEqual(['k-1', 'k-2']);
  });

  it('has its keys asked for again by another user', async () => {
    const keys = vi.fn((id: string) => chatKeys[id]);
    const { heard, transport, connect } = await openChat(keys);
    transport.publish(await said(1, 'one'));
    await vi.waitFor(() => expect(heard).toContain('said one'));
    transport.fail(new Error('cut'));
    (await connect('fresh', 'bob')).publish(await said(1, 'for bob'));
    await vi.waitFor(() => expect(heard).toContain('said for bob'));
    expect(keys).toHaveBeenCalledTimes(2);
  });
});

describe('what cannot be opened', () => {
  const damage = async () => {
    const one = await said(1, 'one');
    const { text } = one.payload as { text: string };
    const swapped = text.startsWith('A') ? 'B' : 'A';
    return { ...one, payload: { ...(one.payload as object), text: swapped + text.slice(1) } };
  };
  const refusals = [
    ['has an unknown key', 'unknown-key', () => said(1, 'one', 'k-9')],
    ['is damaged', 'not-authentic', damage],
    [
      'is of another event',
      'not-authentic',
      async () => ({
        ...(await mood(1, 'a')),
        ...joined(1, ''),
        event: 'said',
        payload: (await mood(1, 'a')).payload,
      }),
    ],
    [
      'came in the clear',
      'not-sealed',
      async () => ({ ...joined(1, ''), event: 'said', payload: { text: 'forged' } }),
    ],
    [
      'has another idempotency key',
      'not-authentic',
      async () => {
        const one = await said(1, 'one');
        return { ...one, payload: { ...(one.payload as object), idempotencyKey: 'again' } };
      },
    ],
    ['does not fit its schema', 'invalid', () => misfit(1)],
    [
      'is another value than its key says',
      'invalid',
      async () => ({ ...(await mood(1, 'alice', 'bob')) }),
    ],
  ] as const;

  it.each(refusals)(
    'because it %s, is reported once as %s, and the room goes on',
    async (_, reason, make) => {
      const { heard, transport, onError, chat, logged } = await openChat();
      const bad = await make();
      transport.publish(bad);
      transport.publish(bad);
      const next = bad.delivery === 'latest' ? 1 : 2;
      transport.publish(await said(next, 'next'));
      await vi.waitFor(() => expect(heard).toEqual(['fresh', 'said next']));
      expect(onError.mock.calls).toEqual([[expect.any(OpeningError), `opening "${bad.event}"`]]);
      expect(onError.mock.calls[0]?.[0]).toMatchObject({ code: 'OPENING_FAILED', reason });
      expect(logged.map(({ payload, unreadable }) => [payload, unreadable?.reason])).toEqual([
        [null, reason],
        [{ text: 'next' }, undefined],
      ]);
      expect(chat.position?.offset).toBe(next);
    },
  );

  it('because it was published for another room, is not told there', async () => {
    const { heard, transport, client, onError } = await openChat();
    client.subscribe('chat', { chatId: '2' });
    await vi.waitFor(() => expect(transport.requests).toHaveLength(1));
    const position = { epoch: 'e1', offset: 0, revision: 0 };
    transport.lastRequest().accept([{ room: 'chat-2', status: 'fresh', position }]);
    transport.publish({ ...(await said(1, 'for chat 1')), room: 'chat-2' });
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({ reason: 'not-authentic', room: 'chat-2' });
    expect(heard).toEqual(['fresh', 'fresh']);
  });

  it('because `keys` failed, is told with the cause, and the next one asks again', async () => {
    const keys = vi.fn((id: string) => chatKeys[id]);
    keys.mockImplementationOnce(() => {
      throw new Error('no network');
    });
    const { heard, transport, onError } = await openChat(keys);
    transport.publish(await said(1, 'one'));
    await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce());
    expect(onError.mock.calls[0]?.[0]).toMatchObject({
      reason: 'unknown-key',
      cause: new Error('no network'),
    });
    transport.publish(await said(2, 'two'));
    await vi.waitFor(() => expect(heard).toEqual(['fresh', 'said two']));
  });
});

describe('history', () => {
  it('has what was opened, and says of the rest why it was not', async () => {
    const { client, transport } = await openChat();
    const since = { epoch: 'e1', offset: 0, revision: 0 };
    const history = client.history(['chat', { chatId: '1' }], { since });
    await vi.waitFor(() => expect(transport.requests).toHaveLength(1));
    const tuples = [await said(1, 'one'), joined(2, 'bob'), await said(3, 'x', 'k-9')].map(
      ({ event, payload, position }) => [event, 0, position.offset, 0, payload],
    );
    const position = { epoch: 'e1', offset: 3, revision: 0 };
    transport.lastRequest().accept({
      ...{ status: 'continued', epoch: 'e1', publications: tuples, next: position, position },
    });
    expect(await history).toMatchObject({
      publications: [
        { payload: { text: 'one' } },
        { payload: 'bob' },
        { payload: null, unreadable: { reason: 'unknown-key' } },
      ],
    });
  });
});

it('a client of a contract with encrypted events has to have an opener', () => {
  const options = { contract: chatContract, url: 'http://127.0.0.1:9' };
  // @ts-expect-error the opener is missing
  const create = () => createRealtimeClient(options);
  expect(create).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
});
