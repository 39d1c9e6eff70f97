import { packageBuild } from '../../tsup.base.ts';

// tsup shakes trees with rollup, which drops `'use client'`; esbuild alone keeps it.
export default {
  ...packageBuild({ index: 'src/index.ts', devtools: 'src/devtools/index.ts' }),
  treeshake: false,
};
