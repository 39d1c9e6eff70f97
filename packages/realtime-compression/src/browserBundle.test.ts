import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { MessageCompressor } from './index.ts';

const resolveDir = fileURLToPath(new URL('.', import.meta.url));

/** Bundles a program of a user for browsers. */
async function bundle(program: string, conditions: string[]) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir },
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    platform: conditions.includes('browser') ? 'browser' : 'neutral',
    mainFields: ['browser', 'module', 'main'],
    conditions: ['@roomcast/source', ...conditions],
    logLevel: 'silent',
  });
  return { code: outputFiles[0]?.text ?? '', inputs: Object.keys(metafile.inputs) };
}

const program = `
  import { MessageCompressor } from '@roomcast/realtime-compression';
  globalThis.MessageCompressor = MessageCompressor;
`;

describe('the browser entry', () => {
  // Bundlers for browsers set the first; those for workers and React Native neither.
  test.each([[['browser']], [[]]])(
    'bundles with conditions %j and without Node',
    async (conditions) => {
      const { code, inputs } = await bundle(program, conditions);
      expect(inputs.filter((path) => path.includes('src/node/'))).toEqual([]);
      expect(inputs.some((path) => path.endsWith('src/browser.ts'))).toBe(true);
      expect(code).not.toMatch(/node:|zlib|\bBuffer\b/);
    },
  );

  test('runs where there is nothing of Node, and reads what Node writes', async () => {
    const { code } = await bundle(program, ['browser']);
    const text = 'the same seat, '.repeat(2_000);
    const sandbox = {
      TextEncoder,
      TextDecoder,
      atob,
      btoa,
      envelope: MessageCompressor.compressMessage(text),
    };
    const opened = runInNewContext(
      `${code}; MessageCompressor.decompressMessage(envelope)`,
      sandbox,
    );
    expect(opened).toBe(text);
    const written = runInNewContext(
      `${code}; new MessageCompressor({ codec: 'deflate-raw' }).compressMessage('a seat '.repeat(999))`,
      sandbox,
    );
    expect(MessageCompressor.decompressMessage(written)).toBe('a seat '.repeat(999));
  });

  test('is needed: the entry for Node cannot be bundled for browsers', async () => {
    await expect(bundle(program, ['node'])).rejects.toThrow('node:zlib');
  });
});
