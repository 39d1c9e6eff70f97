// Checks that every test that docs/GUARANTEES.md and docs/BAD-INPUT.md name exists and passed in the
// run whose reports are in test-results. A test is named "[file.test.ts](path) `title`".
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const docs = new URL('docs/', root);
/** A link to a test file, and the title behind it, in as many backticks as it needs. */
const reference = /\]\((\.\.\/[^)]+\.test\.tsx?)\)(?: (`+) ?(.+?) ?\2(?!`))?/g;

/** What ran: the titles that passed, by file. */
const passed = new Map();
for (const name of readdirSync(new URL('test-results/', root))) {
  if (!name.endsWith('.json')) continue;
  const report = JSON.parse(readFileSync(new URL(`test-results/${name}`, root), 'utf8'));
  for (const { name: file, assertionResults } of report.testResults) {
    const titles = assertionResults.filter(({ status }) => status === 'passed');
    passed.set(file, [...(passed.get(file) ?? []), ...titles.map(({ title }) => title)]);
  }
}

let checked = 0;
const missing = [];
for (const page of ['GUARANTEES.md', 'BAD-INPUT.md']) {
  const references = [...readFileSync(new URL(page, docs), 'utf8').matchAll(reference)];
  if (references.length === 0) missing.push(`${page} names no test`);
  for (const [, path, , title] of references) {
    checked += 1;
    const titles = passed.get(fileURLToPath(new URL(path, docs))) ?? [];
    if (title === undefined) missing.push(`${page}: no title behind ${path}`);
    else if (!titles.includes(title)) missing.push(`${page}: no passed test "${title}" in ${path}`);
  }
}
for (const line of missing) process.stderr.write(`${line}\n`);
process.stdout.write(`${checked} named tests checked, ${missing.length} missing\n`);
process.exitCode = missing.length === 0 ? 0 : 1;
