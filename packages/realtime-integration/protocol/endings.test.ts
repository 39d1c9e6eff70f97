import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { connectFramed } from './framedConnection.ts';
import { connectByHand } from './plainConnection.ts';
import { openRaw } from './rawConnection.ts';
import { room, startBoard, tokenOf } from './startBoard.ts';

describe('a client', () => {
  it('ends its session with Socket.IO’s DISCONNECT, and the connection with it', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { rooms: [{ room }] });
    framed.raw.send('41');
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
    expect(board.manager.getActiveRooms()).toEqual([]);
    // What has no session is counted by nobody.
    await eventually(() => expect(framed.raw.isOpen).toBe(false));
  });

  it('ends its session by closing its WebSocket, or by being gone', async () => {
    await using board = await startBoard();
    using polite = await connectFramed(board.url, { rooms: [{ room }] });
    using gone = await connectFramed(board.url, { rooms: [{ room }] });
    polite.raw.close();
    gone.raw.terminate();
    await eventually(() => expect(board.manager.getConnectionCount()).toBe(0));
    expect(board.manager.getActiveRooms()).toEqual([]);
  });
});

describe('a server that closes', () => {
  it('ends every connection without DISCONNECT, so that stock clients come back', async () => {
    await using board = await startBoard();
    using framed = await connectFramed(board.url, { token: tokenOf('alice') });
    using plain = await connectByHand(board.url);
    using silent = await openRaw(board.url);
    const before = [framed, plain].map(({ raw }) => raw.messages.length);
    await board.server.close();
    await Promise.all([framed.raw.closed, plain.raw.closed, silent.closed]);
    expect([framed, plain].map(({ raw }) => raw.messages.length)).toEqual(before);
  });
});

describe('what has no form ends its own connection', () => {
  it.each([
    '4',
    '42{}',
    '42[',
    '42[null]',
    '45["join-event","1"]',
    '49',
    '42["disconnect"]',
    '42["connect_error"]',
    '42-1["ping"]',
    '421.5["ping"]',
    '43{}',
    '40[]',
    '4W{}',
    '4P["event-1","e",[]]',
    '9',
    'x',
  ])('%s', async (message) => {
    await using board = await startBoard();
    using witness = await connectByHand(board.url);
    using raw = await openRaw(board.url);
    raw.send('40{}');
    await raw.next('40');
    raw.send(message);
    await raw.closed;
    expect(await witness.ask('ping')).toMatchObject({ ok: true });
    expect(board.server.errors).toEqual([]);
  });

  it('a text in the midst of a packet with binary attachments', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    plain.raw.send('451-["x",{"_placeholder":true,"num":7}]', '420["ping"]');
    await plain.raw.closed;
    expect(board.server.errors).toEqual([]);
  });

  it.each(['420["ping"]', '41', '430[]', '4W{}'])(
    '%s, before the CONNECT was answered',
    async (message) => {
      await using board = await startBoard({ authenticate: () => new Promise(() => {}) });
      using first = await openRaw(board.url);
      first.send(message);
      await first.closed;
      using pending = await openRaw(board.url);
      pending.send('40{"token":"slow"}', message);
      await pending.closed;
      expect(pending.messages).toHaveLength(1);
    },
  );

  it.each(['42', '42[7]', '42["sing"]', '42["42"]'])(
    'and %s, an event that nobody knows, is ignored',
    async (message) => {
      await using board = await startBoard();
      using plain = await connectByHand(board.url);
      plain.raw.send(message);
      expect(await plain.ask('ping')).toMatchObject({ ok: true });
      expect(board.server.errors).toEqual([]);
    },
  );

  it('and an acknowledgement of what nobody asked is ignored', async () => {
    await using board = await startBoard();
    using plain = await connectByHand(board.url);
    plain.raw.send('437["here you are"]');
    expect(await plain.ask('ping')).toMatchObject({ ok: true });
  });
});

describe('the engine', () => {
  it('pings, and a client that answers stays', async () => {
    await using board = await startBoard({ heartbeatIntervalMs: 20 });
    using framed = await connectFramed(board.url);
    await eventually(() =>
      expect(framed.raw.messages.filter((message) => message === '2').length).toBeGreaterThan(2),
    );
    await framed.settle();
  });

  it('closes a connection that leaves a ping unanswered', async () => {
    await using board = await startBoard({ heartbeatIntervalMs: 20, heartbeatTimeoutMs: 30 });
    using raw = await openRaw(board.url, { answersPings: false });
    raw.send('40');
    await raw.closed;
    expect(raw.messages).toContain('2');
  });

  it('closes a connection that sends no CONNECT in time', async () => {
    await using board = await startBoard({ connectionTimeoutMs: 30 });
    using raw = await openRaw(board.url);
    await raw.closed;
    expect(raw.messages).toHaveLength(1);
  });

  it('answers another version of itself with 400', async () => {
    await using board = await startBoard();
    for (const version of ['3', '5', '']) {
      const address = `${board.url}/socket.io/?EIO=${version}&transport=polling`;
      expect((await fetch(address)).status).toBe(400);
    }
  });

  it('leaves an upgrade on another path to others, for a second', async () => {
    await using board = await startBoard();
    const startedAtMs = performance.now();
    await expect(openRaw(board.url, { path: '/other' })).rejects.toThrow();
    expect(performance.now() - startedAtMs).toBeGreaterThan(900);
  });
});
