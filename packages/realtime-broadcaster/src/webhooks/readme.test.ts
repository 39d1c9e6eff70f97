import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { webhookReceiverDefaults } from './webhookReceiverOptions.ts';
import { webhookRefusals } from './webhookRefusal.ts';

const cwd = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${cwd}README.md`, 'utf8');
const [, section = ''] = /\n## Webhooks\n(.*?)\n## /s.exec(readme) ?? [];

describe('the section about webhooks', () => {
  test('holds a program that runs and prints what it says', async () => {
    const [, code = '', output] =
      /```ts\n(.*?)```\n\nprints\n\n```text\n(.*?)```/s.exec(section) ?? [];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@roomcast/source', '--input-type=module-typescript', '--eval', code],
      { cwd, timeout: 20_000 },
    );
    expect(stdout).toBe(output);
  });

  test('lists every code with its status', () => {
    const listed = [...section.matchAll(/^\| (\d{3}) +\| (`.*?`) +\|/gm)].flatMap(
      ([, status, codes = '']) =>
        [...codes.matchAll(/`(\w+)`/g)].map(([, code]) => [code, Number(status)]),
    );
    const codes = Object.entries(webhookRefusals).map(([code, { status }]) => [code, status]);
    expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(codes));
  });

  test.each(Object.entries(webhookReceiverDefaults))('lists the option %s', (name, value) => {
    const row = section.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
    expect(row).toBeDefined();
    if (typeof value === 'number') expect(row).toContain(`| ${value.toLocaleString('en-US')} `);
  });
});
