import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importKey } from './encryptionKey.ts';
import { openText } from './openText.ts';
import { parseSealed, type SealedPayload } from './sealedPayload.ts';
import { sealText } from './sealText.ts';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const word = fc.string({ unit: 'binary', maxLength: 12 });
const keyId = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const context = fc.record({
  ...{ room: word, event: word, keyId },
  idempotencyKey: fc.option(word, { nil: undefined }),
});
const payload = fc.jsonValue();

const seal = async (key: Uint8Array, where: Parameters<typeof sealText>[1], text: string) =>
  sealText(await importKey(key, 'encrypt'), where, text);

/** As a reader does it, who gets what JSON has carried. */
async function open(key: Uint8Array, at: { room: string; event: string }, sealed: unknown) {
  const parsed = parseSealed(JSON.parse(JSON.stringify(sealed)));
  return parsed && openText(await importKey(key, 'decrypt'), at, parsed);
}

describe('a sealed payload', () => {
  it('is opened as what it was, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, context, payload, async (key, where, value) => {
        const text = JSON.stringify(value);
        expect(await open(key, where, await seal(key, where, text))).toBe(text);
      }),
    );
  });

  it('is refused with any character of it changed', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/';
    const change = fc.record({ part: fc.constantFrom('nonce', 'text'), at: fc.nat() });
    await fc.assert(
      fc.asyncProperty(
        ...([bytes, context, payload, change, fc.constantFrom(...letters)] as const),
        async (key, where, value, { part, at }, letter) => {
          const sealed = await seal(key, where, JSON.stringify(value));
          const text = sealed[part as 'nonce' | 'text'];
          const index = at % text.length;
          const changed = `${text.slice(0, index)}${letter}${text.slice(index + 1)}`;
          fc.pre(changed !== text);
          expect(await open(key, where, { ...sealed, [part]: changed })).toBeNull();
        },
      ),
    );
  });

  it('is refused where its end is changed, whose last bits no decoder reads', async () => {
    const key = new Uint8Array(32);
    const where = { room: 'r', event: 'e', keyId: 'k' };
    for (const text of ['1', '12', '123', '1234']) {
      const sealed = await seal(key, where, text);
      for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
        const changed = sealed.text.slice(0, -1) + last;
        const expected = changed === sealed.text ? text : null;
        expect(await open(key, where, { ...sealed, text: changed })).toBe(expected);
      }
    }
  });

  it('is refused in another room, event, key id or under another idempotency key', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, context, context, payload, async (key, where, other, value) => {
        const sealed = await seal(key, where, JSON.stringify(value));
        for (const name of ['room', 'event', 'keyId', 'idempotencyKey'] as const) {
          if (other[name] === where[name]) continue;
          const { idempotencyKey: _, ...bare } = sealed;
          const swapped: Record<string, Partial<SealedPayload>> = {
            keyId: { ...sealed, keyId: other.keyId },
            idempotencyKey: {
              ...bare,
              ...(other.idempotencyKey !== undefined && { idempotencyKey: other.idempotencyKey }),
            },
          };
          const at = { ...where, [name]: other[name] } as typeof where;
          expect(await open(key, at, swapped[name] ?? sealed)).toBeNull();
        }
      }),
    );
  });

  it('is refused with another key of the same id', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, context, payload, async (key, other, where, value) => {
        fc.pre(key.join() !== other.join());
        expect(await open(other, where, await seal(key, where, JSON.stringify(value)))).toBeNull();
      }),
    );
  });

  it('is another one each time, with a nonce of 96 bits of its own', async () => {
    const where = { room: 'r', event: 'e', keyId: 'k' };
    const key = new Uint8Array(32);
    const all = await Promise.all(Array.from({ length: 500 }, () => seal(key, where, '"same"')));
    expect(new Set(all.map(({ nonce }) => nonce)).size).toBe(500);
    expect(new Set(all.map(({ text }) => text)).size).toBe(500);
    expect(all.every(({ nonce }) => nonce.length === 16)).toBe(true);
  });
});
