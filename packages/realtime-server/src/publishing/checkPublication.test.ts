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

  it('refuses a payload that cannot be written down, even where payloads are not checked', async () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    for (const payload of [circular, 10n]) {
      await expect(checkPublication(contract, { ...good, payload }, false)).rejects.toMatchObject({
        code: 'INVALID_PAYLOAD',
      });
    }
  });
});
