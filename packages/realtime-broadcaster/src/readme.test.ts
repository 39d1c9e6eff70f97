import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));

test('the quick start of the README runs and prints what it says', async () => {
  const readme = await readFile(`${packageFolder}README.md`, 'utf8');
  const [, code = '', output] =
    /## Quick start\n\n```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/s.exec(readme) ?? [];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@roomcast/source', '--input-type=module-typescript', '--eval', code],
    { cwd: packageFolder },
  );
  expect(stdout).toBe(output);
});
