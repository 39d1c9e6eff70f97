import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const folder = `${import.meta.dirname}/recipes`;
const readme = `${import.meta.dirname}/../../realtime-testing/README.md`;

const filesOf = (runner: 'vitest' | 'node-test') =>
  readdirSync(`${folder}/${runner}`).map((name) => `${folder}/${runner}/${name}`);

// Those for Vitest are run as all other tests are.
it('the test files for node:test pass there', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@roomcast/source', '--test', '--test-reporter=tap', ...filesOf('node-test')],
    { timeout: 60_000 },
  );
  expect(stdout).toContain('\n# tests 6\n# suites 0\n# pass 6\n# fail 0\n');
}, 60_000);

it('the README shows these test files and no others', () => {
  const [, section = ''] = /\n## Test files\n(.*?)\n## /s.exec(readFileSync(readme, 'utf8')) ?? [];
  const shown = [...section.matchAll(/```tsx?\n(.*?)```/gs)].map(([, code]) => code);
  const files = [...filesOf('vitest'), ...filesOf('node-test')];
  expect(shown.toSorted()).toEqual(files.map((file) => readFileSync(file, 'utf8')).toSorted());
});

it('each is there for both runners, and no longer than a page', () => {
  const names = filesOf('vitest').map((file) => file.replace('/vitest/', '/node-test/'));
  expect(names.map((name) => name.replace('.test.ts', '.ts'))).toEqual(filesOf('node-test'));
  for (const file of [...filesOf('vitest'), ...filesOf('node-test')]) {
    expect(readFileSync(file, 'utf8').split('\n').length, file).toBeLessThanOrEqual(40);
  }
});
