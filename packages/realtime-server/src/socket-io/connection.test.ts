import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adaptSocket, type Request } from './connection.ts';

/** An engine.io connection that sends nothing until the test lets it. */
class FakeEngine extends EventEmitter {
  readyState = 'open';
  readonly sent: unknown[] = [];
  readonly flushed: (() => void)[] = [];
  readonly close = vi.fn();
  readonly transport = { socket: { terminate: vi.fn() } };

  write(packet: unknown, _options?: unknown, onFlushed?: () => void): void {
    this.sent.push(packet);
    if (onFlushed) this.flushed.push(onFlushed);
  }
}

type Middleware = (event: readonly unknown[], next: () => void) => void;

let engine: FakeEngine;
let middleware: Middleware;
const socket = {
  id: 'socket-1',
  connected: true,
  rooms: new Set(['socket-1']),
  use: (next: Middleware) => {
    middleware = next;
  },
};

beforeEach(() => {
  engine = new FakeEngine();
  Object.assign(socket, { conn: engine, connected: true });
});

const adapt = () => adaptSocket(socket as unknown as Socket);
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a connection', () => {
  it('is open until it begins to close, though Socket.IO says so only when it has', () => {
    const connection = adapt();
    expect(connection.isOpen).toBe(true);
    engine.readyState = 'closing';
    expect(connection.isOpen).toBe(false);
    engine.readyState = 'closed';
    socket.connected = false;
    expect(connection.isOpen).toBe(false);
  });

  it('is in the rooms that it joined, of which its own is none', () => {
    socket.rooms = new Set(['socket-1', 'event-1']);
    expect(adapt().rooms()).toEqual(['event-1']);
  });

  it('is closed after what was written, or ended without a word', () => {
    adapt().close();
    expect(engine.close.mock.calls).toEqual([[]]);
    expect(engine.transport.socket.terminate).not.toHaveBeenCalled();
    adapt().terminate();
    expect(engine.close).toHaveBeenLastCalledWith(true);
    expect(engine.transport.socket.terminate).toHaveBeenCalledOnce();
  });

  it('is ended where its transport has no socket, as that of polling', () => {
    Object.assign(engine, { transport: {} });
    adapt().terminate();
    expect(engine.close).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('hands on what the client sent, and nothing to Socket.IO', () => {
    const requests: Request[] = [];
    adapt().onRequest({ answer: (request) => void requests.push(request) });
    const next = vi.fn();
    const answer = vi.fn();
    middleware(['shout', 'hello', answer], next);
    middleware(['shout', 'hello', 'no function'], next);
    expect(requests.map(({ name, args }) => [name, args])).toEqual([
      ['shout', ['hello']],
      ['shout', ['hello', 'no function']],
    ]);
    for (const { acknowledge } of requests) acknowledge('done');
    expect(answer.mock.calls).toEqual([['done']]);
    expect(next).not.toHaveBeenCalled();
  });
});

describe('a silent connection', () => {
  it('is not open, writes nothing, and says its last words all the same', async () => {
    const connection = adapt();
    connection.silence();
    expect(connection.isOpen).toBe(false);
    connection.write(['payload']);
    await connection.flush(['page']);
    expect(engine.sent).toEqual([]);
    connection.close(['revoked']);
    expect(engine.sent).toEqual(['revoked']);
    expect(engine.close.mock.calls).toEqual([[]]);
  });

  it('hears nothing, and answers nothing that it has heard', () => {
    const connection = adapt();
    const listener = { answer: vi.fn<(request: Request) => void>() };
    connection.onRequest(listener);
    const answer = vi.fn();
    middleware(['history', answer], vi.fn());
    connection.silence();
    listener.answer.mock.calls[0]?.[0].acknowledge(['payload']);
    middleware(['history', answer], vi.fn());
    expect(listener.answer).toHaveBeenCalledOnce();
    expect(answer).not.toHaveBeenCalled();
  });

  it('says nothing where it has begun to close', () => {
    const connection = adapt();
    engine.readyState = 'closing';
    connection.close(['revoked']);
    expect(engine.sent).toEqual([]);
  });
});

describe('flush', () => {
  /** Whether a promise has settled by the end of the turn. */
  async function isDone(work: Promise<void>): Promise<boolean> {
    const done = vi.fn();
    void work.then(done);
    await turn();
    return done.mock.calls.length > 0;
  }

  it('resolves when the last message has left the process', async () => {
    const flushed = adapt().flush(['one', 'two']);
    expect(engine.sent).toEqual(['one', 'two']);
    expect(await isDone(flushed)).toBe(false);
    expect(engine.flushed).toHaveLength(1);
    engine.flushed[0]?.();
    expect(await isDone(flushed)).toBe(true);
    expect(engine.listenerCount('close')).toBe(0);
  });

  it('resolves when the connection is gone before that', async () => {
    const flushed = adapt().flush(['one']);
    engine.emit('close');
    expect(await isDone(flushed)).toBe(true);
  });

  it.each(['closing', 'closed'])('writes nothing to one that is %s', async (readyState) => {
    engine.readyState = readyState;
    expect(await isDone(adapt().flush(['one']))).toBe(true);
    expect(engine.sent).toEqual([]);
    expect(engine.listenerCount('close')).toBe(0);
  });

  it('has nothing to wait for where there is nothing to write', async () => {
    expect(await isDone(adapt().flush([]))).toBe(true);
    expect(engine.listenerCount('close')).toBe(0);
  });
});
