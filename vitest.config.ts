import { globSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const here = (path: string) => new URL(path, import.meta.url);

/** Small runs of what `pnpm chaos`, `pnpm bench` and `realtime-load` do, and the tests of the commands. */
const scenarioTests = [
  'packages/realtime-chaos/src/**/*.test.ts',
  'packages/realtime-benchmarks/src/**/*.test.ts',
  'packages/realtime-integration/load/{agreement,coordinatedOmission}.test.ts',
];

/** Tests that hold real time against a limit, of which others in the same moment would take some. */
const timedTests = [
  'packages/realtime-compression/src/{bombs,frames/inflateFrame}.test.ts',
  'packages/realtime-contract/src/contract/roomTemplate.test.ts',
  'packages/realtime-redis/src/{redisAway,calls/{redisAwayFromCalls,redisCallLedger},presence/redisPresenceStore}.test.ts',
  'packages/realtime-integration/protocol/sessions.test.ts',
  'packages/realtime-integration/redis/{control,draining,presence}.test.ts',
  'packages/realtime-integration/server/closing.test.ts',
  'packages/realtime-integration/testing/{assertions,matchers}.test.ts',
];

/** What a test file does that needs a process, and modules, of its own. */
const needsIsolation = /vi\.mock\(|spyOn\(globalThis|openSockets\(\)|memoryUsage\(/;
const isolatedTests = globSync('packages/*/**/*.test.{ts,tsx}', {
  cwd: here('.'),
  exclude: ['**/node_modules/**', ...timedTests],
}).filter((path) => needsIsolation.test(readFileSync(here(path), 'utf8')));

/** Beside each other, in two processes whose files share what these have loaded. */
const shared = { maxWorkers: 2, isolate: false };

/** Behind all others and one file after the other, with the machine for themselves. */
const alone = { sequence: { groupOrder: 1 }, maxWorkers: 1 };

/** What tests run in processes of their own, where no lines are counted. */
const inOtherProcesses = [
  'packages/realtime-processes/src/partMain.ts',
  'packages/realtime-chaos/src/cluster/{members,nodes,publishing}/**',
  'packages/realtime-chaos/src/*/{*Part,*Node,*Server,*Load,loseAcknowledgements,heapAfterGc,observer,holdingClient}.ts',
];

export default defineConfig({
  // Packages are tested from their source, without a build.
  resolve: { conditions: ['@roomcast/source', 'module'] },
  ssr: { resolve: { conditions: ['@roomcast/source', 'node'] } },
  test: {
    // A test of some seconds takes several times as long on a machine that is busy.
    testTimeout: 20_000,
    // Processes that tests start find there what another one has compiled.
    env: { NODE_COMPILE_CACHE: fileURLToPath(here('node_modules/.cache/compiled')) },
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.{ts,tsx}'],
      exclude: ['**/*.test.{ts,tsx}', '**/*.test-d.{ts,tsx}', '**/fakes/**', ...inOtherProcesses],
      reporter: ['text-summary', 'json-summary'],
      // No package may hide behind the average of all.
      thresholds: Object.fromEntries(
        readdirSync(here('packages')).map((name) => [`packages/${name}/src/**`, { lines: 85 }]),
      ),
    },
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts'],
          exclude: [
            'packages/realtime-react/**',
            ...isolatedTests,
            ...timedTests,
            ...scenarioTests,
          ],
        },
      },
      {
        extends: true,
        test: { ...shared, name: 'isolated', include: isolatedTests, isolate: true },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'dom',
          include: [
            'packages/realtime-react/src/**/*.test.{ts,tsx}',
            'packages/realtime-testing/src/react/**/*.test.tsx',
            'examples/*/web/**/*.test.tsx',
          ],
          exclude: isolatedTests,
          environment: 'jsdom',
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'integration',
          include: ['packages/realtime-integration/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, ...isolatedTests, ...timedTests, ...scenarioTests],
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'examples',
          include: ['examples/*/{recorded-day,server,web,worker}/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: { ...alone, name: 'timed', include: timedTests },
      },
      {
        extends: true,
        test: {
          ...alone,
          name: 'scenarios',
          include: scenarioTests,
          exclude: isolatedTests,
          testTimeout: 120_000,
        },
      },
    ],
  },
});
