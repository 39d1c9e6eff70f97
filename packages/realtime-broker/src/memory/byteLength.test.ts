import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

const texts = ['', 'abc', 'ß', '東京', '🎟️', '\ud800'];

test('the bytes of a text are those of its UTF-8', async () => {
  const { byteLength } = await import('./byteLength.ts');
  expect(texts.map(byteLength)).toEqual([0, 3, 2, 6, 7, 3]);
});

test('they are the same where there is no Buffer, as in browsers', async () => {
  const expected = texts.map((text) => Buffer.byteLength(text));
  vi.stubGlobal('Buffer', undefined);
  const { byteLength } = await import('./byteLength.ts');
  expect(texts.map(byteLength)).toEqual(expected);
});
