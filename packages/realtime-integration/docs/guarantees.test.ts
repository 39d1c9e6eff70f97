import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../../docs/GUARANTEES.md', import.meta.url), 'utf8');
const [, ...sections] = page.split(/^## /m);
const inputs = page.split('\n').flatMap((line) => /^\| (.+?) \| /.exec(line)?.[1] ?? []);

// That the tests exist and passed is what `.ci/check-named-tests.mjs` sees.
describe('the page of guarantees', () => {
  it('has the seven of them', () => {
    expect(sections.map((section) => Number.parseInt(section, 10))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it.each(sections.map((section) => [section.split('\n', 1)[0], section]))(
    'names tests, or says that it is not so yet: %s',
    (_, section) => {
      expect(section).toMatch(/\.test\.ts\) `|\*\*Not yet/);
    },
  );

  it.each([
    '20 cuts in a row with no new event between them lose nothing',
    'a volatile event between cuts loses nothing',
    'an acked event between cuts loses nothing',
    'an event whose last argument is a string, between cuts, loses nothing',
    'a connection that was quiet for longer than the window loses nothing',
    'a client that had received nothing before the cut loses nothing',
    ...['negative', 'huge', 'of a foreign epoch', 'ahead of the room', 'garbage'],
    ...['`expired`', '`overflow`', '`epoch-changed`', '`limit`', '`unauthorized`'],
  ])('has a row for: %s', (input) => {
    expect(inputs).toContain(input);
  });
});
