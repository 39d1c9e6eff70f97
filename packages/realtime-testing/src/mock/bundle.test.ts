import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

/** Bundles what a browser would load: Vitest's browser mode, or Storybook. */
async function bundle(program: string, external: string[] = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
    ...{ bundle: true, write: false, metafile: true, external, outdir: 'out' },
    ...{ target: 'es2022', format: 'esm', platform: 'browser', splitting: true },
    conditions: ['@roomcast/source'],
    logLevel: 'silent',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : [])),
  );
  return { files, text: outputFiles.map(({ text }) => text).join('') };
}

const mock = `export { createMockRealtime } from './mock/index.ts';`;
const react = `export { renderWithRealtime } from './react/index.ts';`;
const peers = ['react', 'react/*', '@testing-library/react', '@tanstack/react-query'];

describe.each([
  ['the mock', mock, []],
  ['renderWithRealtime', react, peers],
])('the bundle of %s for browsers', (_, program, external) => {
  it('has nothing of Node in it', async () => {
    const { text } = await bundle(program, external);
    expect(text.length).toBeGreaterThan(10_000);
    // What asks whether there is a Buffer does without.
    expect(text.match(/.*(node:|\brequire\().*/g)).toBeNull();
  });

  it('has no server, no network and nothing of Socket.IO in it', async () => {
    const { files } = await bundle(program, external);
    const foreign =
      /realtime-server|socket\.io|engine\.io|\/ws\/|realtime-testing\/src\/(server|tester|faults)/;
    expect(files.filter((path) => foreign.test(path))).toEqual([]);
    expect(files.some((path) => path.endsWith('rooms/room.ts'))).toBe(true);
  });
});
