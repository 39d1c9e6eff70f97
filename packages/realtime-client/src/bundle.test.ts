import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles a program of a user for browsers: what a page loads at once, and what beside it. */
async function bundle(program: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: 'out',
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    conditions: ['@roomcast/source'],
    logLevel: 'silent',
  });
  const eager = new Set<string>();
  const addWithImports = (path: string) => {
    if (eager.has(path)) return;
    eager.add(path);
    for (const { path: next, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') addWithImports(next);
    }
  };
  addWithImports('out/stdin.js');
  const isEager = (path: string) => [...eager].some((name) => path.endsWith(name));
  const gzipBytesOf = (files: typeof outputFiles) =>
    files.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
  const inputs = [...eager].flatMap((path) => Object.entries(metafile.outputs[path]?.inputs ?? {}));
  return {
    text: outputFiles.map(({ text }) => text).join(''),
    gzipBytes: gzipBytesOf(outputFiles.filter(({ path }) => isEager(path))),
    laterGzipBytes: gzipBytesOf(outputFiles.filter(({ path }) => !isEager(path))),
    files: inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  };
}

const client = `export { createRealtimeClient } from './index.ts';`;

/** What a page may have to load for its client, compressed. */
const maxBytes = 20_000;

/** What may be loaded beside it: what reads compressed frames. */
const maxLaterBytes = 4_000;

describe('the bundle of a client for browsers', () => {
  it('is at most 20 kB, compressed, without what it loads when that is there', async () => {
    const { gzipBytes, laterGzipBytes } = await bundle(client);
    process.stdout.write(`${gzipBytes} bytes at once, ${laterGzipBytes} beside it\n`);
    expect(gzipBytes).toBeGreaterThan(10_000);
    expect(gzipBytes).toBeLessThanOrEqual(maxBytes);
    expect(laterGzipBytes).toBeGreaterThan(1_000);
    expect(laterGzipBytes).toBeLessThanOrEqual(maxLaterBytes);
  });

  it('is at most 2 kB more with an outbox', async () => {
    const { gzipBytes } = await bundle(client);
    const more = await bundle(`${client} export { createOutbox } from './index.ts';`);
    expect(more.gzipBytes).toBeGreaterThan(gzipBytes + 500);
    expect(more.gzipBytes).toBeLessThanOrEqual(gzipBytes + 2_000);
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
