import { fileURLToPath } from 'node:url';
import { errorCodes } from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';
import { formatCases } from './formatCases.ts';
import { wireCases } from './wireCases.ts';

const page = fileURLToPath(new URL('../../../../docs/BAD-FRAMES.md', import.meta.url));

it('the page of all cases is written from their table', async () => {
  await expect(formatCases(wireCases)).toMatchFileSnapshot(page);
});

it('there are more than 250 cases, each with a name of its own at its door', () => {
  const names = wireCases.map(({ door, name }) => `${door}: ${name}`);
  expect(names.length).toBeGreaterThan(250);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it('every code with which a case is refused is one of ours, or Socket.IO’s own word', () => {
  const codes = wireCases.flatMap(({ reaction }) =>
    reaction.startsWith('refused ') ? [reaction.slice('refused '.length)] : [],
  );
  const unknown = codes.filter((code) => !(code in errorCodes) && code !== 'Invalid namespace');
  expect(unknown).toEqual([]);
});
