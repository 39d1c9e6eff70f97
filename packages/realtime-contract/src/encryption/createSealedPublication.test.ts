import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createPublication } from '../contract/createPublication.ts';
import { defineContract } from '../contract/defineContract.ts';
import { createSealedPublication, type SealingKeys } from './createSealedPublication.ts';
import { importKey } from './encryptionKey.ts';
import { openText } from './openText.ts';
import { parseSealed } from './sealedPayload.ts';

const canary = 'canary-4711';
const contract = defineContract({
  version: '1.0',
  rooms: { chat: { template: 'chat-{chatId}' } },
  events: {
    said: {
      room: 'chat',
      payload: z.object({ text: z.string(), at: z.date().optional() }),
      delivery: 'reliable',
      example: { text: 'hi' },
      encrypted: true,
    },
    plain: { room: 'chat', payload: z.string(), delivery: 'reliable', example: 'hi' },
    mood: {
      room: 'chat',
      payload: z.object({ of: z.string(), is: z.string() }),
      delivery: 'latest',
      key: ({ of }) => of,
      example: { of: 'alice', is: 'fine' },
      encrypted: true,
    },
  },
});
const room = ['chat', { chatId: '1' }] as const;
const bytes = crypto.getRandomValues(new Uint8Array(32));
const keys: SealingKeys = () => ({ id: 'k-1', key: bytes });

const said = (payload: unknown, options = {}) =>
  createSealedPublication(contract, [...room], 'said', payload as { text: string }, {
    keys,
    ...options,
  });

describe('createSealedPublication', () => {
  it('seals the payload and leaves the rest as createPublication has it', async () => {
    const sealed = await said({ text: canary }, { idempotencyKey: 'order-1', causedBy: 'call-1' });
    expect(sealed).toMatchObject({
      ...{ room: 'chat-1', event: 'said', delivery: 'reliable' },
      ...{ idempotencyKey: 'order-1', causedBy: 'call-1' },
      payload: { sealed: 1, keyId: 'k-1', idempotencyKey: 'order-1' },
    });
    expect(JSON.stringify(sealed)).not.toContain(canary);
    const text = await openText(
      await importKey(bytes, 'decrypt'),
      { room: 'chat-1', event: 'said' },
      parseSealed(sealed.payload)!,
    );
    expect(JSON.parse(text!)).toEqual({ text: canary });
  });

  it('takes the key of a latest value from the payload before it is sealed', async () => {
    const mood = { of: 'alice', is: canary };
    const sealed = await createSealedPublication(contract, [...room], 'mood', mood, { keys });
    expect(sealed.key).toBe('alice');
  });

  it('asks for the key of each publication, with the room as the contract has it', async () => {
    const asked = vi.fn(keys);
    await said({ text: 'a' }, { keys: asked });
    await said({ text: 'b' }, { keys: asked });
    expect(asked.mock.calls).toEqual(
      Array(2).fill([{ room: 'chat-1', kind: 'chat', params: { chatId: '1' } }]),
    );
  });

  it('takes a CryptoKey that the application does not let out', async () => {
    const key = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt']);
    const sealed = await said({ text: 'a' }, { keys: () => ({ id: 'k-2', key }) });
    expect(sealed.payload).toMatchObject({ keyId: 'k-2' });
  });

  it('reads the payload at once: what is done to it later does not matter', async () => {
    const payload = { text: 'before' };
    const sealing = said(payload);
    payload.text = 'after';
    const { payload: sealed } = await sealing;
    const key = await importKey(bytes, 'decrypt');
    const at = { room: 'chat-1', event: 'said' };
    expect(await openText(key, at, parseSealed(sealed)!)).toContain('before');
  });

  it.each([
    ['does not fit its schema', { text: 1, more: canary }],
    ['fits only until JSON has carried it', { text: 'a', at: new Date() }],
    ['is undefined', undefined],
    [
      'is circular',
      Object.assign([canary], {
        toJSON: () => {
          throw new Error(canary);
        },
      }),
    ],
  ])('refuses a payload that %s, and tells nothing of it', async (_, payload) => {
    const asked = vi.fn(keys);
    const error = await said(payload, { keys: asked }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(error).not.toHaveProperty('cause');
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(canary);
    expect(asked).not.toHaveBeenCalled();
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no vault'))],
    [
      'throws',
      () => {
        throw new Error('no vault');
      },
    ],
    ['has none', () => undefined as never],
    ['has no id', () => ({ id: '', key: bytes })],
    ['has bytes of another length', () => ({ id: 'k', key: new Uint8Array(31) })],
    ['has a text for a key', () => ({ id: 'k', key: 'secret' as never })],
  ])('says that nothing was published where `keys` %s', async (_, broken) => {
    await expect(said({ text: 'a' }, { keys: broken })).rejects.toMatchObject({
      code: 'SEALING_FAILED',
      cause: expect.any(Error),
    });
  });
});

it('createPublication refuses to publish an encrypted event in the clear', () => {
  const publish = () => createPublication(contract, [...room], 'said' as 'plain', 'x');
  expect(publish).toThrow(expect.objectContaining({ code: 'INVALID_PAYLOAD' }));
  expect(createPublication(contract, [...room], 'plain', 'x').payload).toBe('x');
});
