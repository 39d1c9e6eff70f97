import { describe, expect, it } from 'vitest';
import { parseSealed } from './sealedPayload.ts';

const good = { sealed: 1, keyId: 'k-1', nonce: 'A'.repeat(16), text: 'B'.repeat(22) } as const;

describe('parseSealed', () => {
  it('takes the form of the protocol, and nothing beside it', () => {
    expect(parseSealed({ ...good, more: true })).toEqual(good);
    expect(parseSealed({ ...good, idempotencyKey: '' })).toEqual({ ...good, idempotencyKey: '' });
  });

  it.each([
    null,
    'text',
    [],
    {},
    { ...good, sealed: 2 },
    { ...good, sealed: '1' },
    { ...good, keyId: '' },
    { ...good, keyId: 'k'.repeat(129) },
    { ...good, keyId: 1 },
    { ...good, nonce: 'A'.repeat(15) },
    { ...good, nonce: `${'A'.repeat(15)}=` },
    { ...good, text: 'B'.repeat(21) },
    { ...good, text: `${'B'.repeat(22)}\n` },
    { ...good, text: undefined },
    { ...good, idempotencyKey: null },
    { ...good, idempotencyKey: 7 },
  ])('is null for %j', (value) => {
    expect(parseSealed(value)).toBeNull();
  });
});
