// @vitest-environment node
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const tsup = fileURLToPath(new URL('../../../node_modules/.bin/tsup', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'realtime-react-'));
  await promisify(execFile)(tsup, ['--no-dts', '--out-dir', folder], { cwd: packageFolder });
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

it.each(['index.js', 'devtools.js'])(
  'is built as client modules, so that a server component may render what %s has',
  async (name) => {
    expect(await readFile(join(folder, name), 'utf8')).toMatch(/^"use client";\n/);
  },
);

it('shares one context between its entries, or the devtools would find no provider', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts.filter((text) => text.includes('createContext('))).toHaveLength(1);
});

it('has nothing of the devtools in what every page imports', async () => {
  const index = await readFile(join(folder, 'index.js'), 'utf8');
  const imported = [...index.matchAll(/from "\.\/(chunk-[^"]+)"/g)].map(([, name = '']) => name);
  const chunks = await Promise.all(imported.map((name) => readFile(join(folder, name), 'utf8')));
  expect(chunks.length).toBeGreaterThan(0);
  expect([index, ...chunks].join('')).not.toMatch(/roomcast-devtools|react-dom/);
});
