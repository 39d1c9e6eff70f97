import { readFileSync } from 'node:fs';
import {
  clientRequests,
  gapReasons,
  isErrorCode,
  parseFrame,
  parseHandshake,
  parseHistory,
  readAcknowledgement,
} from '@roomcast/realtime-contract';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../docs/PROTOCOL.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```\n(.*?)\n```/gs)].flatMap(([, block]) => block!.split('\n'));
const startingWith = (start: string) => examples.filter((line) => line.startsWith(start));

it('shows frames that a client can read', () => {
  const frames = ['W', 'P', 'R', 'T', 'C'].flatMap(startingWith).map(parseFrame);
  expect(frames.map(({ type }) => type)).toEqual([
    ...['welcome', 'publications', 'room', 'token', 'close'],
  ]);
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

it('shows a piece of history that a client can read', () => {
  const [piece] = startingWith('{"status":"continued"');
  expect(parseHistory(JSON.parse(piece!))).toMatchObject({ status: 'continued' });
});

it('names no code that does not exist', () => {
  const codes = [...page.matchAll(/`([A-Z]{2,}_[A-Z_]+)`/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !isErrorCode(code))).toEqual([]);
});

it('names every request of our own client', () => {
  for (const name of Object.values(clientRequests)) expect(page).toContain(`| \`${name}\` | `);
});

it('explains every reason of a gap', () => {
  for (const reason of gapReasons) expect(page).toContain(`| \`${reason}\` | `);
});
