import { expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramedOver } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import { openPolling } from './pollingConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const connect = (url: string, auth: object) => connectFramedOver(openPolling, url, { ...auth });

it('a framed session that polls is welcomed, joins, resumes and gets its publications in order', async () => {
  await using board = await startBoard();
  const position = await board.position();
  await board.say('one', 'two');
  const token = tokenOf('alice', { expiresInMs: 60_000 });
  using framed = await connect(board.url, { token, rooms: [{ room, position }] });
  expect(framed.welcome).toMatchObject({ user: 'alice', tokenExpiresInMs: 60_000 });
  const kinds = framed.raw.messages.map((message) => message.slice(0, 2));
  expect(kinds.slice(0, 3)).toEqual(['0{', '40', '4W']);
  await Promise.all(['three', 'four', 'five'].map((text) => board.say(text)));
  const tuples = await framed.received(room, 5);
  expect(tuples.map(([, , offset]) => offset)).toEqual([1, 2, 3, 4, 5]);
  expect(await framed.join({ room: 'event-2' })).toMatchObject([{ status: 'fresh' }]);
  expect(await framed.ask('roomcast:history', { room, since: position })).toMatchObject({
    ...{ ok: true, value: { status: 'continued' } },
  });
});

it('a framed session that polls gets pages, the next when the one before was fetched', async () => {
  await using board = await startBoard({ log: { history: { maxPublications: 1_000 } } });
  const position = await board.position();
  for (let count = 1; count <= 700; count += 1) await board.say(`${count}`);
  using framed = await connect(board.url, { rooms: [{ room, position }] });
  const tuples = await framed.received(room, 700);
  expect(tuples.map(([, , offset]) => offset)).toEqual(tuples.map((_, index) => index + 1));
});

it('a framed session that polls is told of the end of its token, and why it ends', async () => {
  await using board = await startBoard();
  using framed = await connect(board.url, { token: tokenOf('alice', { expiresInMs: 1_000 }) });
  board.clock.advance(1_000);
  await framed.raw.next('4T');
  board.clock.advance(25_000);
  await framed.raw.closed;
  expect(framed.frames('C')).toMatchObject([{ error: { code: 'TOKEN_EXPIRED' } }]);
  await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
});

it('a framed session that polled is gone when it is back', async () => {
  await using board = await startBoard();
  using old = await connect(board.url, {});
  using _back = await connect(board.url, { session: old.welcome.session });
  await old.raw.closed;
  expect(board.manager.getConnectionCount()).toBe(1);
});

it('a CONNECT over polling is refused with the same words', async () => {
  await using board = await startBoard();
  using raw = await openPolling(board.url);
  raw.send('40{"roomcast":{"protocol":2}}');
  const { data } = JSON.parse((await raw.next('44')).slice(2));
  expect(data).toMatchObject({ code: 'INVALID_HANDSHAKE' });
  await raw.closed;
});

it('a plain session that polls joins, asks, hears events in order, and leaves', async () => {
  await using board = await startBoard({
    actions: { say: ({ text }) => ({ length: text.length }) },
  });
  using plain = await connectByHand(board.url, { token: tokenOf('alice') }, openPolling);
  expect(await plain.ask('join-event', '1')).toMatchObject({ ok: true });
  expect(await plain.ask('say', { text: 'hello' })).toEqual({ ok: true, value: { length: 5 } });
  await Promise.all(['one', 'two', 'three'].map((text) => board.say(text)));
  await eventually(() => expect(plain.received('said')).toHaveLength(3));
  expect(plain.received('said')).toEqual(['one', 'two', 'three'].map((text) => ({ text })));
  plain.raw.send('41', '1');
  await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
});

it('several messages of one POST are taken in order', async () => {
  await using board = await startBoard();
  using plain = await connectByHand(board.url, {}, openPolling);
  plain.raw.send('42["join-event","1"]', '42["leave-event","1"]', '42["join-event","2"]');
  await plain.ask('ping');
  expect(plain.received('room-joined')).toMatchObject([{ eventId: '1' }, { eventId: '2' }]);
  expect(board.manager.getActiveRooms()).toEqual(['event-2']);
});
