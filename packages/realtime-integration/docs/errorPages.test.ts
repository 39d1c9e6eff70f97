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

test.each(entries)(
  'the page of %s says what its code says',
  (code, { summary, remedy, retryable }) => {
    const page = readFileSync(`${folder}${code}.md`, 'utf8');
    expect(page).toContain(`# ${code}\n`);
    expect(page).toContain(`What happened: ${summary}.`);
    expect(page).toContain(`What to do: ${remedy}.`);
    expect(page).toContain(`Worth trying again? ${retryable ? 'Yes' : 'No'}`);
  },
);

test('the list of errors is the one of the code table', async () => {
  const rows = entries.map(([code, { summary }]) => `| [${code}](${code}.md) | ${summary} |`);
  const list = ['# Errors', '', '| code | what happened |', '|---|---|', ...rows, ''].join('\n');
  await expect(list).toMatchFileSnapshot(`${folder}README.md`);
});
