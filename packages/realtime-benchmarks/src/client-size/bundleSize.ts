import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** How much a page has to load before it can begin. */
export interface BundleSize {
  readonly minBytes: number;
  readonly gzipBytes: number;
}

/** What a page that uses our hooks has anyway. */
const external = ['react', 'react/*', '@tanstack/react-query'];

/** Bundles a module for browsers as applications are built, and compresses it as servers do. */
export async function bundleSize(entry: URL): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    entryPoints: { entry: fileURLToPath(entry) },
    bundle: true,
    // What is loaded when the page is there already is a file of its own.
    splitting: true,
    metafile: true,
    outdir: 'out',
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
  const loaded = filesLoadedWith('out/entry.js', metafile);
  const contents = outputFiles
    .filter(({ path }) => loaded.has(`out/${basename(path)}`))
    .map((file) => file.contents);
  const sum = (lengths: readonly number[]) => lengths.reduce((all, length) => all + length, 0);
  return {
    minBytes: sum(contents.map(({ length }) => length)),
    gzipBytes: sum(contents.map((bytes) => gzipSync(bytes, { level: 9 }).length)),
  };
}

/** The files without which a file cannot begin. */
function filesLoadedWith(
  file: string,
  { outputs }: Pick<Metafile, 'outputs'>,
): ReadonlySet<string> {
  const imports = outputs[file]?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
  const needed = imports.filter(({ external: isExternal }) => !isExternal);
  return new Set([file, ...needed.flatMap(({ path }) => [...filesLoadedWith(path, { outputs })])]);
}
