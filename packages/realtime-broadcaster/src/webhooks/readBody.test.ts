import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { FakeClock } from './deliveries.test-d.ts';
import { type NextChunk, readBody } from './readBody.ts';

function chunksOf(...texts: string[]): NextChunk & { readonly left: string[] } {
  const next = async () => {
    const text = texts.shift();
    return text === undefined ? { done: true } : { value: Buffer.from(text) };
  };
  return Object.assign(next, { left: texts });
}

function limited(maxBodyBytes: number, clock = new FakeClock()) {
  return { maxBodyBytes, bodyTimeoutMs: 1_000, clock };
}

describe('readBody', () => {
  test('puts the chunks together, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    const body = await readBody(chunksOf('{"a":', '', '1}'), limited(7, clock));
    expect(Buffer.from(body).toString()).toBe('{"a":1}');
    await Promise.resolve();
    expect(clock.pendingTimers).toBe(0);
  });

  test('gives an empty body for a request without one', async () => {
    expect(await readBody(async () => ({ done: true }), limited(7))).toEqual(new Uint8Array());
  });

  test('stops at the first byte too many, and reads no further', async () => {
    const next = chunksOf('1234', '5678', 'never read');
    await expect(readBody(next, limited(7))).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    expect(next.left).toEqual(['never read']);
  });

  test('refuses chunks that are not bytes, whose length cannot be counted', async () => {
    const next = async () => ({ value: 'text' as unknown as Uint8Array });
    await expect(readBody(next, limited(7))).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
  });

  test('waits for a slow body until its time is up, however it trickles', async () => {
    const clock = new FakeClock();
    const next: NextChunk = () =>
      new Promise((resolve) => clock.schedule(() => resolve({ value: Buffer.from('x') }), 400));
    const refused = expect(readBody(next, limited(100, clock))).rejects.toMatchObject({
      code: 'BODY_TIMEOUT',
      status: 408,
    });
    for (let count = 0; count < 3; count += 1) {
      clock.advance(400);
      await Promise.resolve();
      await Promise.resolve();
    }
    await refused;
  });

  test('refuses a body that breaks off', async () => {
    const next = () => Promise.reject(new Error('aborted'));
    await expect(readBody(next, limited(7))).rejects.toMatchObject({ code: 'BODY_INCOMPLETE' });
  });
});
