import { defineConfig } from 'vitest/config';

/** Packages are tested from their source, without a build. */
const resolve = { conditions: ['@roomcast/source', 'module', 'import', 'default'] };
const ssr = {
  resolve: { conditions: ['@roomcast/source', 'module', 'node', 'import', 'default'] },
};

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.test-d.ts'],
      reporter: ['text', 'json-summary'],
    },
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: ['packages/realtime-react/**'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'dom',
          include: ['packages/realtime-react/src/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['packages/realtime-integration/**/*.test.{ts,tsx}'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'examples',
          include: ['examples/*/server/**/*.test.ts'],
        },
      },
    ],
  },
});
