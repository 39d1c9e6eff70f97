import { readdirSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

/** Packages are tested from their source, without a build. */
const resolve = { conditions: ['@roomcast/source', 'module'] };
const ssr = {
  resolve: { conditions: ['@roomcast/source', 'node'] },
};

/** Small runs of what `pnpm chaos`, `pnpm bench` and `realtime-load` do, and the tests of the commands. */
const scenarioTests = [
  'packages/realtime-chaos/src/**/*.test.ts',
  'packages/realtime-benchmarks/src/**/*.test.ts',
  'packages/realtime-integration/load/**/*.test.ts',
];

/** What tests run in processes of their own, where no lines are counted. */
const inOtherProcesses = [
  'packages/realtime-processes/src/partMain.ts',
  'packages/realtime-chaos/src/cluster/{members,nodes,publishing}/**',
  'packages/realtime-chaos/src/*/{*Part,*Node,*Server,*Load,loseAcknowledgements,heapAfterGc}.ts',
];

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.test-d.{ts,tsx}', '**/fakes/**', ...inOtherProcesses],
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
          exclude: ['packages/realtime-react/**', ...scenarioTests],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'dom',
          include: [
            'packages/realtime-react/src/**/*.test.{ts,tsx}',
            'packages/realtime-testing/src/react/**/*.test.tsx',
          ],
          environment: 'jsdom',
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['packages/realtime-integration/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...scenarioTests],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'examples',
          include: ['examples/*/{recorded-day,server,web,worker}/**/*.test.ts'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'scenarios',
          include: scenarioTests,
          // Behind all others and one file after the other: they take the machine for themselves.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
