import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles a program of a user for browsers. */
async function bundle(program: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    conditions: ['@roomcast/source'],
    logLevel: 'silent',
  });
  const [{ contents, text } = { contents: new Uint8Array(), text: '' }] = outputFiles;
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    text,
    gzipBytes: gzipSync(contents, { level: 9 }).length,
    files: inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  };
}

const client = `export { createRealtimeClient } from './index.ts';`;

/** What a page may have to load for its client, compressed. */
const maxBytes = 20_000;

/** Of which this is kept free for the reader of compressed frames. */
const frameReaderBytes = 2_000;

describe('the bundle of a client for browsers', () => {
  it('is at most 20 kB, compressed, and has room left for the reading of compressed frames', async () => {
    const { gzipBytes } = await bundle(client);
    expect(gzipBytes).toBeGreaterThan(10_000);
    expect(gzipBytes).toBeLessThanOrEqual(maxBytes - frameReaderBytes);
  });

  it('has the engine of Socket.IO in it, and nothing else of Socket.IO', async () => {
    const { files } = await bundle(client);
    const packages = files.flatMap(
      (path) => /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(path)?.[1] ?? [],
    );
    expect([...new Set(packages)].toSorted()).toEqual([
      ...['@socket.io/component-emitter', 'engine.io-client', 'engine.io-parser'],
    ]);
  });

  it('has nothing of Node in it', async () => {
    const { text } = await bundle(client);
    expect(text).not.toMatch(/node:|\brequire\(|\bBuffer\b/);
  });

  it('has only what is imported', async () => {
    const { files } = await bundle(`export { followRoom } from './index.ts';`);
    const folders = files.map((path) => /realtime-[^/]+\/src\/[^/]+/.exec(path)?.[0]);
    expect(folders).toContain('realtime-client/src/history');
    expect(folders.filter((folder) => !/history|realtime-contract/.test(`${folder}`))).toEqual([]);
  });
});
