// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

async function gzipBytesOf(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    conditions: ['@roomcast/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    // The client brings the contract.
    external: [
      ...['react', 'react/*', '@tanstack/react-query'],
      ...['@roomcast/realtime-client', '@roomcast/realtime-contract'],
    ],
    logLevel: 'silent',
  });
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
}

const pageHooks = 'useConnectionStatus, useEventWebSocket, useRealtimeEvent, useWebSocket';

it.each([
  ['6 kB for an event page', `export { RealtimeProvider, ${pageHooks} } from './index.ts';`, 6_000],
  ['8.4 kB for everything there is', `export * from './index.ts';`, 8_400],
])(
  'adds at most %s, compressed, to React, TanStack Query and the client',
  async (_, program, most) => {
    const gzipBytes = await gzipBytesOf(program);
    expect(gzipBytes).toBeGreaterThan(1_000);
    expect(gzipBytes).toBeLessThanOrEqual(most);
  },
);
