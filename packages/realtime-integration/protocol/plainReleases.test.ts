import { createServer } from 'node:http';
import type { Socket as TcpSocket } from 'node:net';
import { MessageCompressor } from '@roomcast/realtime-compression';
import { io } from 'socket.io-client';
// @ts-expect-error: its exports do not name its types, as those of later releases do
import { io as io40 } from 'socket.io-client-4-0';
import { io as io44 } from 'socket.io-client-4-4';
import { io as io46 } from 'socket.io-client-4-6';
import { describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import type { Acknowledgement } from './socketIoByHand.ts';
import { startBoard, tokenOf } from './startBoard.ts';

/** What the tests need of a client; all releases of Socket.IO 4 have it. */
interface StockSocket {
  readonly connected: boolean;
  on(event: string, listener: (...args: never[]) => void): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  disconnect(): unknown;
}

interface StockOptions {
  readonly transports: string[];
  readonly auth: Record<string, unknown>;
  readonly forceNew: true;
  readonly reconnectionDelay: number;
}

type Connect = (url: string, options: StockOptions) => StockSocket;

const releases: [string, Connect][] = [
  ['4.0', io40 as unknown as Connect],
  ['4.4', io44 as unknown as Connect],
  ['4.6', io46 as unknown as Connect],
  ['current', io as unknown as Connect],
];
const cases = releases.flatMap(([release, connect]) =>
  ['websocket', 'polling'].map((transport) => [release, transport, connect] as const),
);

describe.each(cases)('socket.io-client %s over %s', (_, transport, connect) => {
  /** Opens a client and resolves when it is connected; `heard` has what arrives, in order. */
  async function open(url: string, auth: Record<string, unknown> = {}) {
    const socket = connect(url, {
      ...{ transports: [transport], auth, forceNew: true, reconnectionDelay: 5 },
    });
    const heard: unknown[][] = [];
    let connects = 0;
    socket.on('connect', () => (connects += 1));
    for (const name of ['room-joined', 'said', 'whispered', 'compressed-event', 'room-left']) {
      socket.on(name, (...args: unknown[]) => heard.push([name, ...args]));
    }
    const client = {
      ...{ socket, heard },
      connects: () => connects,
      ask: (name: string, ...args: unknown[]) =>
        new Promise<Acknowledgement>((resolve) => socket.emit(name, ...args, resolve)),
      [Symbol.dispose]: () => void socket.disconnect(),
    };
    await eventually(() => expect(socket.connected).toBe(true));
    return client;
  }

  it('joins as a guest, gets events in order, leaves, and is refused what is not for guests', async () => {
    await using board = await startBoard();
    using client = await open(board.url);
    expect(await client.ask('join-event', '1')).toMatchObject({
      ...{ ok: true, value: { room: 'event-1', position: { offset: 0 } } },
    });
    const texts = Array.from({ length: 30 }, (__, index) => `${index}`);
    await Promise.all(texts.map((text) => board.say(text)));
    const joined = ['room-joined', { room: 'event-1', kind: 'event', eventId: '1' }];
    const all = [joined, ...texts.map((text) => ['said', { text }])];
    await eventually(() => expect(client.heard).toEqual(all));
    expect(await client.ask('join-global')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } });
    expect(await client.ask('leave-event', '1')).toEqual({ ok: true, value: null });
    await board.say('after');
    expect(await client.ask('ping')).toMatchObject({ ok: true });
    expect(client.heard).toEqual(all);
  });

  it('is a user by its handshake or later, hears what is for the user, and calls actions', async () => {
    await using board = await startBoard({
      actions: { say: ({ text }) => ({ length: text.length }) },
    });
    using early = await open(board.url, { token: tokenOf('alice') });
    using late = await open(board.url);
    const answer = await late.ask('authenticate', tokenOf('alice'));
    expect(answer).toEqual({ ok: true, value: { userId: 'alice' } });
    await board.manager.broadcastToUser('alice', 'whispered', { text: 'psst' });
    for (const { heard, ask } of [early, late]) {
      const whispered = ['whispered', { text: 'psst' }];
      await eventually(() => expect(heard.slice(-1)).toEqual([whispered]));
      expect(await ask('say', { text: 'hello' })).toEqual({ ok: true, value: { length: 5 } });
    }
  });

  it('gets large events compressed when it asks for it', async () => {
    await using board = await startBoard();
    using client = await open(board.url, { compress: true });
    await client.ask('join-event', '1');
    const text = 'a long text '.repeat(100);
    await board.say('short', text);
    await eventually(() => expect(client.heard).toHaveLength(3));
    const [, short, [name, event, envelope] = []] = client.heard;
    expect(short).toEqual(['said', { text: 'short' }]);
    expect([name, event]).toEqual(['compressed-event', 'said']);
    expect(JSON.parse(MessageCompressor.decompressMessage(envelope as string))).toEqual({ text });
  });

  it('is refused with a code', async () => {
    await using board = await startBoard();
    const socket = connect(board.url, {
      ...{ transports: [transport], auth: { token: 'forged' }, forceNew: true },
      reconnectionDelay: 5,
    });
    const error = await new Promise<{ data?: unknown }>((resolve) =>
      socket.on('connect_error', resolve as () => void),
    );
    socket.disconnect();
    expect(error.data).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
  });

  it('comes back by itself when the server cuts it off, and begins anew', async () => {
    const http = createServer();
    const sockets = new Set<TcpSocket>();
    http.on('connection', (socket) =>
      sockets.add(socket.once('close', () => sockets.delete(socket))),
    );
    await using board = await startBoard({ server: http });
    using client = await open(board.url, { token: tokenOf('alice') });
    client.socket.on('connect', () => client.socket.emit('join-event', '1'));
    await client.ask('join-event', '1');
    await board.say('before');
    await eventually(() => expect(client.heard.at(-1)).toEqual(['said', { text: 'before' }]));
    await eventually(() => {
      // Between two polls there is nothing to cut.
      if (client.connects() === 1 && client.socket.connected) {
        for (const socket of sockets) socket.destroy();
      }
      expect(client.connects()).toBe(2);
    });
    await client.ask('ping');
    await board.say('after');
    await eventually(() => expect(client.heard.at(-1)).toEqual(['said', { text: 'after' }]));
    client.socket.disconnect();
    http.close();
  });
});
