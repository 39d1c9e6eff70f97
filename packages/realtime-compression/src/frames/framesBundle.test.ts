import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { RoomFrames } from './index.ts';

const resolveDir = fileURLToPath(new URL('.', import.meta.url));

/** Bundles a program of a user for browsers. */
async function bundle(conditions: string[], external: string[] = []) {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: `
        import { createFrameReader, inflateFrame } from '@roomcast/realtime-compression/frames';
        Object.assign(globalThis, { createFrameReader, inflateFrame });
      `,
      resolveDir,
    },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    target: 'es2022',
    format: external.length > 0 ? 'esm' : 'iife',
    platform: conditions.includes('browser') ? 'browser' : 'neutral',
    conditions: ['@roomcast/source', ...conditions],
    external,
    logLevel: 'silent',
  });
  return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
}

describe('./frames for browsers', () => {
  // Bundlers for browsers set the first; those for workers and React Native neither.
  test.each([[['browser']], [[]]])(
    'bundles with conditions %j, without Node and without what compresses',
    async (conditions) => {
      const { code, inputs } = await bundle(conditions);
      expect(inputs.filter((path) => /\/node\/|fflate|lz-string/.test(path))).toEqual([]);
      expect(inputs.some((path) => path.endsWith('src/frames/browser.ts'))).toBe(true);
      expect(code).not.toMatch(/node:|zlib|\bBuffer\b/);
    },
  );

  test('adds at most 2.7 kB to a client, compressed', async () => {
    const { code } = await bundle(['browser'], ['@roomcast/realtime-contract']);
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(2_700);
  });

  test('runs where there is nothing of Node, and reads what Node writes', async () => {
    const { code } = await bundle(['browser']);
    const texts = ['the same seat, '.repeat(200), 'another seat, '.repeat(200)];
    const frames = new RoomFrames('event-42');
    let held: number | undefined;
    const messages: (Uint8Array | undefined)[] = [];
    for (const text of texts) {
      const frame = frames.next(text);
      const made = await frame?.encodingFor(held, false).encode();
      held = frame?.context;
      messages.push(made?.message);
    }
    const read = runInNewContext(
      `${code}; const reader = createFrameReader(); messages.map(reader.read)`,
      { TextEncoder, TextDecoder, messages },
    );
    expect([...read]).toEqual(texts);
  });
});
