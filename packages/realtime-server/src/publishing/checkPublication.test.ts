import type { PublicationInput } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { createTestContract } from '../fakes/createTestContract.ts';
import { checkPublication } from './checkPublication.ts';

const contract = createTestContract();
const good: PublicationInput = {
  room: 'event-1',
  event: 'posted',
  payload: 'hello',
  delivery: 'reliable',
};

describe('checkPublication', () => {
  it('lets pass what the contract describes', async () => {
    await expect(checkPublication(contract, good, true)).resolves.toBeUndefined();
  });

  it.each([
    ['EMPTY_TARGET', { room: '' }],
    ['EMPTY_TARGET', { room: undefined }],
    ['EMPTY_TARGET', { room: null }],
    ['INVALID_ROOM', { room: 'nowhere' }],
    ['INVALID_ROOM', { room: 'event-' }],
    ['UNKNOWN_EVENT', { event: 'sung' }],
    ['UNKNOWN_EVENT', { event: 'constructor' }],
    ['UNKNOWN_EVENT', { event: '__proto__' }],
    ['UNKNOWN_EVENT', { room: 'global' }],
    ['UNKNOWN_EVENT', { delivery: 'volatile' }],
    ['INVALID_PAYLOAD', { payload: 7 }],
    ['INVALID_PAYLOAD', { payload: undefined }],
  ])('refuses with %s: %j', async (code, part) => {
    const input = { ...good, ...part } as PublicationInput;
    await expect(checkPublication(contract, input, true)).rejects.toMatchObject({ code });
  });

  it('checks room and event but not the payload where that is turned off', async () => {
    await expect(checkPublication(contract, { ...good, payload: 7 }, false)).resolves.toBe(
      undefined,
    );
    await expect(checkPublication(contract, { ...good, room: '' }, false)).rejects.toThrow();
    await expect(checkPublication(contract, { ...good, event: 'sung' }, false)).rejects.toThrow();
  });

  it('lets a removal of a latest value pass without looking at its schema', async () => {
    const removal = { ...good, event: 'price', delivery: 'latest', payload: null, removed: true };
    await expect(
      checkPublication(contract, removal as PublicationInput, true),
    ).resolves.toBeUndefined();
  });

  it.each(['reliable', 'volatile'] as const)(
    'refuses a removal of a %s event, which keeps no value',
    async (delivery) => {
      const event = delivery === 'reliable' ? 'posted' : 'typing';
      const removal = { ...good, event, delivery, removed: true } as const;
      await expect(checkPublication(contract, removal, false)).rejects.toMatchObject({
        code: 'UNKNOWN_EVENT',
        message: expect.stringContaining('keeps no value'),
      });
    },
  );

  it('refuses a payload that cannot be written down, even where payloads are not checked', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const payload of [circular, 10n]) {
      const removal = { ...good, event: 'price', delivery: 'latest', removed: true } as const;
      for (const input of [good, removal]) {
        await expect(
          checkPublication(contract, { ...input, payload }, false),
        ).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
      }
    }
  });
});

describe('an encrypted event', () => {
  const sealed = { sealed: 1, keyId: 'k', nonce: 'A'.repeat(16), text: 'B'.repeat(40) };
  const secret: PublicationInput = { ...good, event: 'secret', payload: sealed };

  it('passes sealed, with the idempotency key that it was sealed for', async () => {
    await expect(checkPublication(contract, secret, true)).resolves.toBeUndefined();
    const payload = { ...sealed, idempotencyKey: 'once' };
    const keyed = { ...secret, payload, idempotencyKey: 'once' };
    await expect(checkPublication(contract, keyed, true)).resolves.toBeUndefined();
  });

  it.each([
    ['in the clear', { payload: 'hello' }],
    ['damaged', { payload: { ...sealed, nonce: '' } }],
    ['under another idempotency key', { idempotencyKey: 'again' }],
    ['without the one it was sealed for', { payload: { ...sealed, idempotencyKey: 'once' } }],
  ])('is refused %s, whether or not payloads are checked', async (_, part) => {
    for (const validatePayload of [true, false]) {
      await expect(
        checkPublication(contract, { ...secret, ...part }, validatePayload),
      ).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
    }
  });
});
