// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('adds at most 6 kB, compressed, to what a page has of React, TanStack Query and the client', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `export * from './index.ts';`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    conditions: ['@roomcast/source'],
    external: ['react', 'react/*', '@tanstack/react-query', '@roomcast/realtime-client'],
    logLevel: 'silent',
  });
  const gzipBytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  expect(gzipBytes).toBeGreaterThan(1_000);
  expect(gzipBytes).toBeLessThanOrEqual(6_000);
});
