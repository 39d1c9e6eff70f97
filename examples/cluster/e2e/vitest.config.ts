import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The workspace's packages are taken from their source, so nothing has to be built first.
  ssr: { resolve: { conditions: ['@roomcast/source', 'node'] } },
  test: {
    name: 'cluster-browser',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Seven processes and a browser have the machine for themselves.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What was killed comes back within seconds.
    expect: { poll: { timeout: 20_000 } },
    reporters: ['default', ['json', { outputFile: '../../../test-results/cluster-browser.json' }]],
  },
});
