import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type EngineConnection, openEngine, type Transports } from './engineConnection.ts';
import { connectFramedOver } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

const texts = ['one', 'two', 'three', 'four', 'five'];

describe.each<[string, Transports]>([
  ['over WebSocket', ['websocket']],
  ['by polling', ['polling']],
  ['from polling to WebSocket', ['polling', 'websocket']],
])('a stock engine.io client %s', (_, transports) => {
  const open = (url: string) => openEngine(url, transports);
  const token = tokenOf('alice');

  it('speaks the plain dialect as a guest and as a user', async () => {
    await using board = await startBoard({
      actions: { say: ({ text }) => ({ length: text.length }) },
    });
    for (const auth of [{}, { token }]) {
      using plain = await connectByHand(board.url, auth, open);
      expect(await plain.ask('join-event', '1')).toMatchObject({ ok: true });
      await Promise.all(texts.map((text) => board.say(text)));
      await eventually(() => expect(plain.received('said')).toHaveLength(5));
      expect(plain.received('said')).toEqual(texts.map((text) => ({ text })));
      expect(await plain.ask('say', { text: 'hello' })).toEqual(
        'token' in auth
          ? { ok: true, value: { length: 5 } }
          : { ok: false, error: expect.objectContaining({ code: 'UNAUTHENTICATED' }) },
      );
    }
  });

  it('speaks the framed dialect: a frame is a message that begins with a letter', async () => {
    await using board = await startBoard();
    const position = await board.position();
    await board.say('one', 'two');
    using framed = await connectFramedOver(open, board.url, {
      ...{ token, rooms: [{ room, position }] },
    });
    expect(framed.welcome).toMatchObject({ user: 'alice' });
    await board.say('three', 'four');
    const tuples = await framed.received(room, 4);
    expect(tuples.map(([, , offset]) => offset)).toEqual([1, 2, 3, 4]);
    expect(await framed.ask('roomcast:leave', [room])).toEqual({ ok: true, value: null });
  });

  it('hears that the server is gone', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url, {}, open);
    await board.server.close();
    await plain.raw.closed;
  });
});

it('a framed session gets everything once and in order while it moves to WebSocket', async () => {
  await using board = await startBoard();
  const open = (url: string) => openEngine(url, ['polling', 'websocket']);
  using framed = await connectFramedOver(open, board.url, { rooms: [{ room }] });
  let count = 0;
  await eventually(async () => {
    await board.say(`${count++}`);
    expect((framed.raw as EngineConnection).transport).toBe('websocket');
  });
  await board.say(`${count++}`);
  const tuples = await framed.received(room, count);
  expect(tuples.map(([, , offset]) => offset)).toEqual(tuples.map((_, index) => index + 1));
});

it('a framed session gets a replay of many pages while it moves to WebSocket', async () => {
  await using board = await startBoard({ log: { history: { maxPublications: 3_000 } } });
  const position = await board.position();
  for (let count = 1; count <= 3_000; count += 1) await board.say(`${count}`);
  const open = (url: string) => openEngine(url, ['polling', 'websocket']);
  using framed = await connectFramedOver(open, board.url, { rooms: [{ room, position }] });
  const tuples = await framed.received(room, 3_000);
  expect(tuples.map(([, , offset]) => offset)).toEqual(tuples.map((_, index) => index + 1));
  await eventually(() => expect((framed.raw as EngineConnection).transport).toBe('websocket'));
  await framed.settle();
});
