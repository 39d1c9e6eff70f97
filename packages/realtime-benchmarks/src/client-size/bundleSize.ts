import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** How much a page has to load. */
export interface BundleSize {
  readonly minBytes: number;
  readonly gzipBytes: number;
}

/** What a page that uses our hooks has anyway. */
const external = ['react', 'react/*', '@tanstack/react-query'];

/** Bundles a module for browsers as applications are built, and compresses it as servers do. */
export async function bundleSize(entry: URL): Promise<BundleSize> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    minify: true,
    write: false,
    legalComments: 'none',
    target: 'es2022',
    format: 'esm',
    platform: 'browser',
    conditions: ['@roomcast/source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external,
    logLevel: 'silent',
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { minBytes: contents.length, gzipBytes: gzipSync(contents, { level: 9 }).length };
}
