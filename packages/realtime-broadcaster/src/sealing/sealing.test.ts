import { defineContract, type PublicationInput, type Publisher } from '@roomcast/realtime-contract';
import { importKey, openText, type SealingKeys } from '@roomcast/realtime-contract/encryption';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createBroadcaster } from '../createBroadcaster.ts';

/** A value that comes when the test says so. */
function later<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value: Value) => resolve(value) };
}

const contract = defineContract({
  version: '1.0',
  rooms: { chat: { template: 'chat-{chatId}' } },
  events: {
    said: {
      room: 'chat',
      payload: z.string(),
      delivery: 'reliable',
      example: 'hi',
      encrypted: true,
    },
    joined: { room: 'chat', payload: z.string(), delivery: 'reliable', example: 'alice' },
  },
});

const bytes = { 'k-1': new Uint8Array(32).fill(1), 'k-2': new Uint8Array(32).fill(2) };

function open(keys: SealingKeys = () => ({ id: 'k-1', key: bytes['k-1'] })) {
  const published: PublicationInput[] = [];
  const publish = vi.fn<Publisher['publish']>(async (input) => {
    published.push(input);
    return { position: { epoch: 'e', offset: published.length, revision: 0 } };
  });
  const broadcaster = createBroadcaster(contract, { publish }, { keys });
  return { published, publish, chat: broadcaster.to('chat', { chatId: '1' }), broadcaster };
}

/** What a reader of a publication gets. */
async function read({ room, event, payload }: PublicationInput): Promise<unknown> {
  const sealed = payload as Parameters<typeof openText>[2];
  const key = await importKey(bytes[sealed.keyId as 'k-1'], 'decrypt');
  return JSON.parse((await openText(key, { room, event }, sealed)) ?? 'null');
}

describe('an encrypted event', () => {
  test('is sealed before it is published', async () => {
    const { chat, published } = open();
    const result = await chat.emit('said', 'canary-4711', { idempotencyKey: 'once' });
    expect(result.position.offset).toBe(1);
    expect(JSON.stringify(published)).not.toContain('canary-4711');
    expect(published).toMatchObject([
      { room: 'chat-1', event: 'said', idempotencyKey: 'once', payload: { keyId: 'k-1' } },
    ]);
    expect(await read(published[0]!)).toBe('canary-4711');
  });

  test('is sealed with another key as soon as there is one', async () => {
    let id: 'k-1' | 'k-2' = 'k-1';
    const { chat, published } = open(() => ({ id, key: bytes[id] }));
    await chat.emit('said', 'one');
    id = 'k-2';
    await chat.emit('said', 'two');
    expect(published.map(({ payload }) => payload)).toMatchObject([
      { keyId: 'k-1' },
      { keyId: 'k-2' },
    ]);
    expect(await Promise.all(published.map(read))).toEqual(['one', 'two']);
  });

  test('keeps its place among all that is published to its room, and holds up no other', async () => {
    const vault = later<void>();
    const keys = vi.fn<SealingKeys>(() => ({ id: 'k-1', key: bytes['k-1'] }));
    keys.mockImplementationOnce(async () => {
      await vault.promise;
      return { id: 'k-1', key: bytes['k-1'] };
    });
    const { chat, broadcaster, published } = open(keys);
    const all = [chat.emit('said', 'one'), chat.emit('joined', 'bob'), chat.emit('said', 'two')];
    await broadcaster.to('chat', { chatId: '2' }).emit('said', 'elsewhere');
    expect(published.map(({ room }) => room)).toEqual(['chat-2']);
    vault.resolve();
    await Promise.all(all);
    const [, one, bob, two] = published;
    expect([await read(one!), bob?.payload, await read(two!)]).toEqual(['one', 'bob', 'two']);
  });

  test('that cannot be sealed is not published, and those behind it are', async () => {
    const keys = vi.fn<SealingKeys>(() => ({ id: 'k-1', key: bytes['k-1'] }));
    keys.mockRejectedValueOnce(new Error('no vault'));
    const { chat, published } = open(keys);
    const failed = expect(chat.emit('said', 'one')).rejects.toMatchObject({
      code: 'SEALING_FAILED',
    });
    await chat.emit('said', 'two');
    await failed;
    expect(await Promise.all(published.map(read))).toEqual(['two']);
  });

  test('is not held up by a publication that is still on its way', async () => {
    const { chat, publish } = open();
    publish.mockReturnValueOnce(new Promise(() => {}));
    void chat.emit('said', 'stuck');
    await chat.emit('said', 'next');
    expect(publish).toHaveBeenCalledTimes(2);
  });

  test('passes on what the publisher rejects with', async () => {
    const { chat, publish } = open();
    publish.mockRejectedValueOnce(new Error('no log'));
    await expect(chat.emit('said', 'one')).rejects.toThrow('no log');
  });
});

test('a contract with encrypted events needs keys', () => {
  const publisher = { publish: vi.fn() };
  // @ts-expect-error the keys are missing
  const create = () => createBroadcaster(contract, publisher);
  expect(create).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
  // @ts-expect-error the keys are missing
  expect(() => createBroadcaster(contract, publisher, {})).toThrow('keys');
});
