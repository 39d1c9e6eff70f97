// @vitest-environment node
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

/** Bundles a page as applications are bundled; React and the cache are there anyway. */
async function bundle(page: string, mode: 'production' | 'development'): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: page,
      loader: 'tsx',
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    minify: true,
    write: false,
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    jsx: 'automatic',
    conditions: ['@roomcast/source'],
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
    external: ['react', 'react/*', 'react-dom', 'react-dom/*', '@tanstack/react-query'],
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

const page = `
  import { createRealtimeClient } from '@roomcast/realtime-client';
  import { eventContract as contract } from '@roomcast/realtime-contract/event-contract';
  import { RealtimeProvider, useEventWebSocket } from '../index.ts';
  const client = createRealtimeClient({ contract });
  const Event = () => <p>{String(useEventWebSocket('42').isConnected)}</p>;
  export const Page = () => <RealtimeProvider client={client}><Event /></RealtimeProvider>;
`;
const pageWithDevtools = `
  import { RealtimeDevtools } from './index.ts';
  ${page.replace('<Event />', '<Event /><RealtimeDevtools initialIsOpen />')}
`;
const gzipBytes = (text: string) => gzipSync(text, { level: 9 }).length;
const ofThePanel = /roomcast-devtools|tablist|attachShadow|on the wire|react-dom/;

it('is not in a page for production, which has fewer than 300 bytes more for naming it', async () => {
  const without = await bundle(page, 'production');
  const withDevtools = await bundle(pageWithDevtools, 'production');
  expect(withDevtools).not.toMatch(ofThePanel);
  expect(gzipBytes(withDevtools) - gzipBytes(without)).toBeLessThan(300);
  expect(gzipBytes(without)).toBeGreaterThan(20_000);
});

it('is in a page for development that names it, and in no other', async () => {
  expect(await bundle(page, 'development')).not.toMatch(ofThePanel);
  expect(await bundle(pageWithDevtools, 'development')).toMatch(ofThePanel);
});
