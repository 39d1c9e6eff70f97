import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, type ErrorCodeEntry, errorCodes } from '@roomcast/realtime-contract';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../../docs/errors/', import.meta.url));
const entries = Object.entries(errorCodes) as [ErrorCode, ErrorCodeEntry][];

test('every error code has a page, and every page a code', () => {
  const pages = readdirSync(folder).filter((name) => name !== 'README.md');
  expect(pages.sort()).toEqual(entries.map(([code]) => `${code}.md`).sort());
});

test.each(entries)('the page of %s says what happened, why, and what to do', (code, entry) => {
  const page = readFileSync(`${folder}${code}.md`, 'utf8');
  expect(page).toMatch(new RegExp(`^# ${code}\n\nWhat happened: .+\\.\n\nWhat to do: .+\\.\n`));
  expect(page).toMatch(/\n## Who meets it\n\n.+\n\n## Why\n\n.+\n\n## Then\n\n.+/);
  expect(page).toContain(`Worth trying again? ${entry.retryable ? 'Yes' : 'No'}`);
});

test('the list of errors is made of their pages', async () => {
  const rows = entries.map(([code]) => {
    const page = readFileSync(`${folder}${code}.md`, 'utf8');
    return `| [${code}](${code}.md) | ${/What happened: (.+)\./.exec(page)?.[1]} |`;
  });
  const list = ['# Errors', '', '| code | what happened |', '|---|---|', ...rows, ''].join('\n');
  await expect(list).toMatchFileSnapshot(`${folder}README.md`);
});
