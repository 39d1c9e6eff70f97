import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RunningRedis, startRedis } from '@roomcast/realtime-redis/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const integration = fileURLToPath(new URL('..', import.meta.url));

/** A quick start is a program, followed by what it prints. */
const quickStart = /## Quick start\n\n```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/s;

let redis: RunningRedis;

beforeAll(async () => {
  redis = await startRedis();
});

afterAll(() => redis[Symbol.asyncDispose]());

const packageReadmes = readdirSync(`${root}packages`)
  .filter(isPublished)
  // One that is a page is run by react/snippets.test.tsx, one that is a command by load/readme.test.ts.
  .filter((name) => name !== 'realtime-react' && name !== 'realtime-load')
  .map((name) => `packages/${name}/README.md`);

test.each(['README.md', ...packageReadmes])(
  'the quick start of %s runs and prints what it says',
  async (readme) => {
    const [, code = '', output] = quickStart.exec(readFileSync(root + readme, 'utf8')) ?? [];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@roomcast/source', '--input-type=module-typescript', '--eval', code],
      // This package depends on all the others, so that every import resolves from here.
      { cwd: integration, timeout: 20_000, env: { ...process.env, REDIS_URL: redis.url } },
    );
    expect(stdout).toBe(output);
  },
);

/** What is private is not for users, and has nothing to start with. */
function isPublished(name: string): boolean {
  return !JSON.parse(readFileSync(`${root}packages/${name}/package.json`, 'utf8')).private;
}
