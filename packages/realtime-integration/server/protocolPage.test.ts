import { readFileSync } from 'node:fs';
import {
  gapReasons,
  parseFrame,
  parseHandshake,
  readAcknowledgement,
} from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```\n(.*?)\n```/gs)].flatMap(([, block]) => block!.split('\n'));
const startingWith = (start: string) => examples.filter((line) => line.startsWith(start));

it('shows frames that a client can read', () => {
  const frames = ['W', 'P', 'R'].flatMap(startingWith).map(parseFrame);
  expect(frames.map(({ type }) => type)).toEqual(['welcome', 'publications', 'room']);
});

it('shows a handshake and an acknowledgement as they are', () => {
  const [connect] = startingWith('40');
  expect(parseHandshake(JSON.parse(connect!.slice(2)))).toMatchObject({
    dialect: 'framed',
    rooms: [{ room: 'event-42' }],
  });
  const [answer] = startingWith('430');
  expect(readAcknowledgement(JSON.parse(answer!.slice(3))[0])).toHaveProperty('messageId');
});

it('explains every reason of a gap', () => {
  for (const reason of gapReasons) expect(page).toContain(`| \`${reason}\` | `);
});
