import { readFileSync } from 'node:fs';
import { errorCodes } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';

const docs = new URL('../../../docs/', import.meta.url);
const page = readFileSync(new URL('BAD-INPUT.md', docs), 'utf8');

interface Row {
  readonly input: string;
  readonly reaction: string;
  readonly test: string;
}

const rows: Row[] = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| input |'))
  .map((line) => {
    const [input = '', reaction = '', test = ''] = line.slice(2, -2).split(' | ');
    return { input, reaction, test };
  });

const faults = ['throws', 'rejects', 'hangs'];
const callbacks = [
  ...['an `authenticate`', 'an `authorise`', 'an action handler', 'a schema'],
  ...['`metrics`', 'a `logger`', 'an `onError`', 'a `getToken`'],
];

/** What the page must speak of; where there are several cases, each row begins with it. */
const named = [
  'a bare user id instead of a token',
  'an expired token',
  'a forged token',
  'an `alg: none` token',
  'join without authentication of a non-public room',
  'join of a forbidden room',
  'an object as id',
  'an array as id',
  'null as id',
  '10,000 characters as id',
  'a lone surrogate as id',
  '`../` as id',
  'NUL as id',
  '`__proto__` as id',
  'the name of another room as id',
  'an event that the contract lacks',
  'a payload that fails its schema',
  'an ack that is not a function',
  'a position with a negative offset',
  'a position of a foreign epoch',
  'a position ahead of the room',
  'a position as high as numbers go',
  'a handshake with 129 rooms',
  'a handshake with an unknown `session`',
  'a handshake with a negative `maxReplay`',
  'a handshake with 33 `features`',
  'more rooms than `maxRoomsPerSession`',
  'a request for history without a position',
  'a request for the history of a forbidden room',
  '`roomcast:authenticate` of a guest',
  '`roomcast:authenticate` with the token of another user',
  ...callbacks.flatMap((callback) => faults.map((fault) => `${callback} that ${fault}`)),
];

describe('the page of bad input', () => {
  it.each(named)('has a row for: %s', (input) => {
    const found = rows.filter((row) => row.input === input || /^[,:]/.test(after(row, input)));
    expect(found).not.toEqual([]);
  });

  it('has each input once', () => {
    const inputs = rows.map(({ input }) => input);
    expect(inputs).toEqual([...new Set(inputs)]);
  });

  it.each(rows)('has a reaction to: $input', ({ reaction }) => {
    const codes = [...reaction.matchAll(/\[`(\w+)`\]\(errors\/(\w+)\.md\)/g)];
    for (const [, code = '', file] of codes) {
      expect(errorCodes).toHaveProperty(code);
      expect(file).toBe(code);
    }
    const isSpoken = /accepted|ignored|told|ends|400|503|down|as one that|as \[its table\]/.test(
      reaction,
    );
    expect(codes.length > 0 || isSpoken).toBe(true);
  });

  // That it exists and passed is what `.ci/check-named-tests.mjs` sees.
  it.each(rows)('names a test of: $input', ({ test }) => {
    const [, name, path = ''] = /^\[(.+)\]\((\.\.\/.+)\) (`+).+\3$/.exec(test) ?? [];
    expect(path.endsWith(`/${name}`), `not "[file](path) \`title\`": ${test}`).toBe(true);
  });
});

function after(row: Row, input: string): string {
  return row.input.startsWith(input) ? row.input.slice(input.length) : '';
}
