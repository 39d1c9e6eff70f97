import { readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Packages are tested from their source, without a build. */
const resolve = { conditions: ['@roomcast/source', 'module'] };
const ssr = {
  resolve: { conditions: ['@roomcast/source', 'node'] },
};

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.test-d.{ts,tsx}', '**/fakes/**'],
      reporter: ['text-summary', 'json-summary'],
      // No package may hide behind the average of all.
      thresholds: Object.fromEntries(
        readdirSync(new URL('packages', import.meta.url)).map((name) => [
          `packages/${name}/src/**`,
          { lines: 85 },
        ]),
      ),
    },
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
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
          include: ['examples/*/{recorded-day,server,web}/**/*.test.ts'],
        },
      },
    ],
  },
});
