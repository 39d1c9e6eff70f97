import { defineConfig } from 'vitest/config';

export default defineConfig({
  // The workspace's packages are taken from their source, so nothing has to be built first.
  ssr: { resolve: { conditions: ['@roomcast/source', 'node'] } },
  test: {
    name: 'browser',
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    // Time is measured in these tests, so only one of them runs at any moment.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '../../../test-results/browser.json' }]],
  },
});
