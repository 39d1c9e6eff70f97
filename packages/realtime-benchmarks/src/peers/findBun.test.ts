import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findBun } from './findBun.ts';

/** A folder with an executable that says a version. */
async function makeBun(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bun-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'bun'), '#!/bin/sh\necho 1.2.3\n');
  await chmod(join(folder, 'bun'), 0o755);
  return folder;
}

it('finds Bun on the path, or where the variable says', async () => {
  const folder = await makeBun();
  expect(findBun({ PATH: folder })).toEqual({ executable: 'bun', version: '1.2.3' });
  const executable = join(folder, 'bun');
  expect(findBun({ PATH: '/nowhere', ROOMCAST_BUN: executable })).toEqual({
    ...{ executable, version: '1.2.3' },
  });
});

it('is null where there is none, and a variable that names none is a mistake', () => {
  expect(findBun({ PATH: '/nowhere' })).toBeNull();
  // The second is there, and fails.
  for (const executable of ['/nowhere/bun', '/bin/false']) {
    const env = { PATH: '/nowhere', ROOMCAST_BUN: executable };
    expect(() => findBun(env)).toThrow(`\`ROOMCAST_BUN\` is no Bun: ${executable}`);
  }
});
