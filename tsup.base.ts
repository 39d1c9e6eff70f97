import { defineConfig, type Options } from 'tsup';

/** One build for every package: ESM, with declarations and source maps. */
export function packageBuild(entry: Record<string, string>): ReturnType<typeof defineConfig> {
  const options: Options = {
    entry,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    // Stricter runtimes know `node:crypto` but not `crypto`.
    removeNodeProtocol: false,
    external: [/^node:/],
  };
  return defineConfig(options);
}
