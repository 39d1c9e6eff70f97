// @vitest-environment node
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const tsup = fileURLToPath(new URL('../../../node_modules/.bin/tsup', import.meta.url));

it('is built as one client module, so that a server component may render the provider', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'realtime-react-'));
  try {
    await promisify(execFile)(tsup, ['--no-dts', '--out-dir', folder], { cwd: packageFolder });
    const built = await readFile(join(folder, 'index.js'), 'utf8');
    expect(built).toMatch(/^"use client";\n/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
