import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const folder = `${import.meta.dirname}/components`;
const readme = `${import.meta.dirname}/../../realtime-testing/README.md`;

// That for Vitest is run as all other tests are.
it('the test of a component passes with node:test', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--conditions=@roomcast/source', '--test', '--test-reporter=tap'],
      ...['--import', './jsxLoader.ts', '--import', './openPage.ts', './ticketsTest.tsx'],
    ],
    { cwd: `${folder}/node-test`, timeout: 20_000 },
  );
  expect(stdout).toContain('\n# tests 1\n# suites 0\n# pass 1\n# fail 0\n');
}, 20_000);

it('the README shows the component and its tests, and nothing else', () => {
  const section = /\n## Components without a server\n(.*?)\n## /s;
  const [, text = ''] = section.exec(readFileSync(readme, 'utf8')) ?? [];
  const shown = [...text.matchAll(/```tsx?\n(.*?)```/gs)].map(([, code]) => code);
  const names = [
    'Tickets.tsx',
    'Tickets.test.tsx',
    'node-test/openPage.ts',
    'node-test/ticketsTest.tsx',
  ];
  // A reader's files lie beside each other. `.js` is what `nodenext` wants, and bundlers take.
  const files = names.map((name) =>
    readFileSync(`${folder}/${name}`, 'utf8').replaceAll(
      /from '\.\.?\/(\w+)\.tsx'/g,
      "from './$1.js'",
    ),
  );
  expect(shown).toEqual(files);
});
