import { RoomFrames } from '@roomcast/realtime-compression/frames';
import {
  encodeFrame,
  encodePublications,
  type Frame,
  type FramedHandshake,
  parseFrame,
} from '@roomcast/realtime-contract';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { describe, expect, it, vi } from 'vitest';
import { engines } from '../fakes/fakeEngine.ts';
import { publicationOf } from '../fakes/publicationOf.ts';
import { createFrameDecoder } from '../frames/frameDecoder.ts';
import type { Notice } from '../inspection.ts';
import { Subscribers } from '../subscribers.ts';
import { openEngine } from './openEngine.ts';
import { openTransport } from './openTransport.ts';
import type { TransportOptions } from './transport.ts';

vi.mock('engine.io-client', () => import('../fakes/fakeEngine.ts'));

const url = 'http://localhost:3001';

const handshake: FramedHandshake = {
  ...{ dialect: 'framed', token: 'secret', contractVersion: '1.0', fingerprint: '0'.repeat(16) },
  ...{ rooms: [], features: [] },
};

const frame = encodePublications([publicationOf('event-42', 1)]);

/** Opens a transport whose other end is the test. */
function open(options: Partial<TransportOptions> = {}, rooms: readonly string[] = []) {
  const frames: Frame[] = [];
  const downs: Error[] = [];
  const notices = new Subscribers<Notice>('inspection', vi.fn());
  const transport = openTransport(
    {
      ...{ url, path: '/socket.io', namespace: '/', transports: ['websocket', 'polling'] },
      ...{ openEngine, frameDecoder: () => null, notices, ...options },
    },
    { ...handshake, rooms: rooms.map((room) => ({ room })) },
    { onFrame: (arrived) => frames.push(arrived), onDown: (error) => downs.push(error) },
  );
  const engine = engines.at(-1);
  if (!engine) throw new Error('No engine was opened.');
  const receive = (...messages: unknown[]) => {
    for (const message of messages) engine.emit('message', message);
  };
  return { transport, engine, receive, frames, downs, notices };
}

/** Opens a transport as far as a server lets it in. */
function connect(options: Partial<TransportOptions> = {}, rooms: readonly string[] = []) {
  const opened = open(options, rooms);
  opened.engine.emit('open');
  const { namespace = '/' } = options;
  opened.receive(namespace === '/' ? '0{"sid":"s"}' : `0${namespace},{"sid":"s"}`);
  opened.engine.written.length = 0;
  return opened;
}

describe('compressed frames', () => {
  const decoder = createFrameDecoder(eventContract);
  const rooms = new RoomFrames('event-42', {
    dictionary: contractDictionary(eventContract).bytes,
  });
  const readable = { frameDecoder: () => decoder };
  /** A frame as the server compresses it for whoever holds a context. */
  async function compressed(offset: number, held?: number, hasDictionary = true) {
    const payload = eventContract.events['ticket-purchased'].example;
    const publication = { ...publicationOf('event-42', offset), payload };
    const encodings = rooms.next(encodePublications([publication]));
    const made = await encodings?.encodingFor(held, hasDictionary).encode();
    if (!made) throw new Error('The frame is too short.');
    return { bytes: new Uint8Array(made.message).buffer, context: encodings?.context };
  }
  const welcome = (features: readonly string[]) =>
    encodeFrame({
      ...{ type: 'welcome', session: 's', user: null, tokenExpiresInMs: null, features },
      ...{ fingerprint: '0'.repeat(16), rooms: [] },
    });
  /** Connects to a server that has agreed on something; the welcome is no frame of the test. */
  function agree(features = decoder.features, asked: readonly string[] = []) {
    const connected = connect(readable, asked);
    connected.receive(welcome(features));
    connected.frames.length = 0;
    return connected;
  }
  /** The first frame of a room, with its context. */
  async function baseOf(room: string) {
    const text = encodePublications([publicationOf(room, 1)]).padEnd(2_000);
    const made = await new RoomFrames(room).next(text)?.encodingFor(undefined, false).encode();
    return new Uint8Array(made?.message ?? []).buffer;
  }

  it('are named in the handshake, if what reads them is there by then', () => {
    const { engine } = open(readable);
    engine.emit('open');
    const [, auth] = /^0(.*)$/.exec(String(engine.written[0])) ?? [];
    expect(JSON.parse(auth ?? '').roomcast.features).toEqual(decoder.features);
    const without = open();
    without.engine.emit('open');
    expect(without.engine.written[0]).not.toContain('features');
  });

  it('are read as the frames that they stand for, also as changes of the one before', async () => {
    const { receive, frames, engine } = agree();
    expect(engine.binaryType).toBe('arraybuffer');
    const first = await compressed(1);
    receive(first.bytes, (await compressed(2, first.context)).bytes);
    expect(frames.map((arrived) => 'publications' in arrived && arrived.publications)).toEqual([
      [expect.objectContaining({ counter: 1 })],
      [expect.objectContaining({ counter: 2 })],
    ]);
  });

  it('are read once and handed on once, however many publications they hold', async () => {
    const reader = decoder.createReader(decoder.features);
    if (!reader) throw new Error('Nothing was agreed.');
    const read = vi.spyOn(reader, 'read');
    const counting = { ...decoder, createReader: () => reader };
    const { receive, frames } = connect({ frameDecoder: () => counting });
    receive(welcome(decoder.features));
    const many = Array.from({ length: 50 }, (_, index) => publicationOf('event-42', index + 2));
    const text = encodePublications([publicationOf('event-42', 1), ...many]);
    const made = await new RoomFrames('event-42')
      .next(text)
      ?.encodingFor(undefined, false)
      .encode();
    receive(new Uint8Array(made?.message ?? []).buffer);
    expect(read).toHaveBeenCalledTimes(1);
    expect(frames.map((frame) => 'publications' in frame && frame.publications.length)).toEqual([
      ...[false, 51],
    ]);
  });

  it('are told to onlookers as they came, with the text that they stand for', async () => {
    const { receive, frames, notices } = agree();
    const seen: Notice[] = [];
    notices.add((notice) => seen.push(notice));
    const { bytes } = await compressed(1);
    receive(bytes);
    const [arrived] = frames;
    expect(seen).toMatchObject([{ type: 'received', message: bytes, frame: arrived }]);
    const [{ text = '' }] = seen as { text?: string }[] as [{ text?: string }];
    expect(parseFrame(text)).toEqual(arrived);
    expect(text.length).toBeGreaterThan(bytes.byteLength);
  });

  it('end what they referred to with the room', async () => {
    const { transport, receive, downs, frames } = agree();
    const first = await compressed(1);
    receive(first.bytes);
    transport.forget(['event-42']);
    receive((await compressed(2, first.context)).bytes);
    expect(frames).toHaveLength(1);
    expect(downs).toMatchObject([{ code: 'INVALID_FRAME' }]);
  });

  it('of another connection are begun anew', async () => {
    const first = await compressed(1);
    agree().receive(first.bytes);
    const { receive, downs } = agree();
    receive((await compressed(2, first.context)).bytes);
    expect(downs).toMatchObject([{ code: 'INVALID_FRAME' }]);
  });

  it('that nobody asked for end the connection', async () => {
    const { receive, downs } = connect();
    receive((await compressed(1)).bytes);
    expect(downs).toHaveLength(1);
  });

  it('end the connection before the welcome, and where it did not agree on them', async () => {
    for (const features of [null, [], ['something'], decoder.features.slice(1)]) {
      const { receive, downs, frames } = features ? agree(features) : connect(readable);
      receive((await compressed(1, undefined, false)).bytes);
      expect([downs.length, frames.length]).toEqual([1, 0]);
    }
  });

  it('refer to the dictionary only where the welcome agreed on it', async () => {
    const { receive, downs, frames } = agree(['deflate']);
    receive((await compressed(1, undefined, false)).bytes);
    expect([frames.length, downs.length]).toEqual([1, 0]);
    receive((await compressed(2, undefined, true)).bytes);
    expect(frames).toHaveLength(1);
    expect(downs).toMatchObject([{ code: 'INVALID_FRAME' }]);
  });

  it('are kept for what follows them in rooms that were joined, and in 128 others', async () => {
    const { transport, receive, frames, downs } = agree(decoder.features, ['asked']);
    transport.expect(['joined']);
    for (let index = 0; index < 128; index += 1) receive(await baseOf(`other-${index}`));
    for (const room of ['asked', 'joined', 'other-0']) receive(await baseOf(room));
    expect([frames.length, downs.length]).toEqual([131, 0]);
    receive(await baseOf('other-128'));
    expect(downs).toMatchObject([{ code: 'INVALID_FRAME' }]);
  });
});

describe('opening a transport', () => {
  it('opens an engine that tries its transports one after the other', () => {
    const { engine } = open({ path: '/rt', transports: ['websocket', 'polling'] });
    expect(engine.url).toBe(url);
    expect(engine.options).toEqual({
      ...{ path: '/rt', transports: ['websocket', 'polling'], tryAllTransports: true },
    });
  });

  it.each([
    ['/', '0{'],
    ['/shop', '0/shop,{'],
  ])('asks for the namespace %s with the handshake, once the engine is open', (namespace, head) => {
    const { engine } = open({ namespace });
    expect(engine.written).toEqual([]);
    engine.emit('open');
    expect(engine.written).toEqual([expect.stringContaining(head)]);
    expect(JSON.parse(String(engine.written[0]).slice(head.length - 1))).toEqual({
      token: 'secret',
      roomcast: { protocol: 1, contract: '1.0', fingerprint: '0'.repeat(16), rooms: [] },
    });
  });

  it('fails where the engine fails, with its reason', () => {
    const { engine, downs } = open();
    const cause = new Error('websocket error');
    engine.emit('error', cause);
    expect(downs).toEqual([
      expect.objectContaining({
        ...{ code: 'CONNECTION_FAILED', cause },
        message: `No connection to ${url}: websocket error.`,
      }),
    ]);
    expect(engine.isClosed).toBe(true);
  });

  it('fails where the engine closes', () => {
    const { engine, downs } = open();
    engine.emit('close', 'transport close');
    expect(downs).toMatchObject([
      { code: 'CONNECTION_FAILED', message: `No connection to ${url}: transport close.` },
    ]);
  });

  it('fails where CONNECT is not answered but the connection breaks', () => {
    const first = open();
    first.engine.emit('open');
    first.engine.emit('error', new Error('xhr poll error'));
    expect(first.downs).toMatchObject([{ code: 'CONNECTION_FAILED' }]);
    const second = open();
    second.engine.emit('open');
    second.engine.emit('close', 'transport close');
    expect(second.downs).toMatchObject([
      { code: 'CONNECTION_LOST', message: 'The connection ended: transport close.' },
    ]);
  });

  it.each(['0', '0{}', '0{"sid":""}'])('fails where CONNECT is answered with %j', (answer) => {
    const { engine, receive, downs } = open();
    engine.emit('open');
    receive(answer);
    expect(downs).toMatchObject([
      { code: 'CONNECTION_FAILED', message: expect.stringContaining('Socket.IO 4') },
    ]);
    expect(engine.isClosed).toBe(true);
  });
});

describe('a refused CONNECT', () => {
  it.each([
    [
      '4{"message":"x","data":{"code":"TOKEN_EXPIRED","message":"Over."}}',
      { name: 'RoomcastError', code: 'TOKEN_EXPIRED', message: 'Over.' },
    ],
    [
      '4{"message":"x","data":{"code":"MOVED","message":"Elsewhere."}}',
      { name: 'ActionError', code: 'MOVED', message: 'Elsewhere.' },
    ],
    [
      '4{"message":"Invalid namespace"}',
      { code: 'CONNECTION_FAILED', message: `No connection to ${url}: Invalid namespace.` },
    ],
    [
      '4{"message":"no","data":{"code":7}}',
      { code: 'CONNECTION_FAILED', message: `No connection to ${url}: no.` },
    ],
    ['4"no"', { code: 'CONNECTION_FAILED', message: `No connection to ${url}: no.` }],
  ])('as %j says why', (answer, error) => {
    const { engine, receive, downs } = open();
    engine.emit('open');
    receive(answer);
    expect(downs).toMatchObject([error]);
    expect(engine.isClosed).toBe(true);
  });

  it('of another namespace is no answer', () => {
    const { engine, receive, downs } = open({ namespace: '/shop' });
    engine.emit('open');
    receive('4{"message":"no"}', '4/other,{"message":"no"}', '1', '1/other');
    expect(downs).toEqual([]);
  });
});

describe('a transport that is connected', () => {
  it.each(['/', '/shop'])('hands on frames, in order with answers, in %s', (namespace) => {
    const { transport, engine, receive, frames } = connect({ namespace });
    const heard: unknown[] = [];
    transport.request('buy', [1], (answer) => heard.push([answer, frames.length]));
    transport.request('buy', [2], (answer) => heard.push([answer, frames.length]));
    const place = namespace === '/' ? '' : `${namespace},`;
    expect(engine.written).toEqual([`2${place}0["buy",1]`, `2${place}1["buy",2]`]);
    receive(frame, `3${place}1["second"]`, frame, `3${place}0["first"]`);
    expect(frames).toEqual([parseFrame(frame), parseFrame(frame)]);
    expect(heard).toEqual([
      ['second', 1],
      ['first', 2],
    ]);
  });

  it('takes an answer once, and one that nobody waits for not at all', () => {
    const { transport, receive, downs } = connect();
    const onAnswer = vi.fn();
    transport.request('buy', [], onAnswer);
    receive('30["yes"]', '30["again"]', '37["unknown"]', '3["no id"]', '3/other,0["elsewhere"]');
    expect(onAnswer.mock.calls).toEqual([['yes']]);
    expect(downs).toEqual([]);
  });

  it.each(['30[]', '61-0[{"_placeholder":true,"num":0}]'])('takes %j for no answer', (message) => {
    const { transport, receive, downs } = connect();
    const onAnswer = vi.fn();
    transport.request('buy', [], onAnswer);
    receive(message);
    expect(onAnswer.mock.calls).toEqual([[undefined]]);
    expect(downs).toEqual([]);
  });

  it('tells onlookers of requests and answers, as they are on the wire', () => {
    const { transport, receive, notices, engine } = connect();
    const seen: Notice[] = [];
    notices.add((notice) => seen.push(notice));
    transport.request('buy', ['A1'], () => {});
    receive('30["ok"]');
    engine.isExpired = true;
    transport.request('buy', ['A2'], () => {});
    expect(seen).toMatchObject([
      { type: 'sent', message: '20["buy","A1"]', packet: { type: '2', id: 0 } },
      { type: 'received', message: '30["ok"]', packet: { type: '3', id: 0, payload: ['ok'] } },
    ]);
  });

  it('sends nothing of a request that is no JSON, and goes on', () => {
    const { transport, engine } = connect();
    expect(() => transport.request('buy', [1n], () => {})).toThrow(TypeError);
    expect(engine.written).toEqual([]);
    const onAnswer = vi.fn();
    transport.request('buy', [], onAnswer);
    expect(engine.written).toEqual(['20["buy"]']);
  });

  it('writes nothing on a connection that is found dead', () => {
    const { transport, engine, downs } = connect();
    engine.isExpired = true;
    transport.request('buy', [], () => {});
    expect(engine.written).toEqual([]);
    engine.emit('close', 'ping timeout');
    expect(downs).toMatchObject([
      { code: 'CONNECTION_LOST', message: 'The connection ended: ping timeout.' },
    ]);
  });

  it('ignores events, with bytes or without', () => {
    const { receive, frames, downs, engine } = connect();
    receive('2["hello"]', '27["are you there?"]', '2["roomcast:frame",{"type":"welcome"}]');
    receive('51-["photo",{"_placeholder":true,"num":0}]', new ArrayBuffer(3), '2["hello"]');
    expect([frames, downs, engine.written]).toEqual([[], [], []]);
  });

  it.each([...['9', '2["unclosed"', '2{}', '3{}', '5["no attachments"]', '511-["too many"]']])(
    'ends with what is no packet: %j',
    (message) => {
      const { receive, engine, downs } = connect();
      receive(message, frame);
      expect(downs).toEqual([
        expect.objectContaining({
          ...{ code: 'CONNECTION_LOST', message: 'The connection ended: parse error.' },
          cause: expect.any(Error),
        }),
      ]);
      expect(engine.isClosed).toBe(true);
    },
  );

  it('ends with bytes that nobody agreed on', () => {
    const { receive, downs } = connect();
    receive(new ArrayBuffer(3), frame);
    expect(downs).toEqual([expect.objectContaining({ code: 'INVALID_FRAME' })]);
  });

  it('ends with text where an attachment is due', () => {
    const { receive, downs } = connect();
    receive('51-["photo",{"_placeholder":true,"num":0}]', '2["hello"]');
    expect(downs).toMatchObject([{ code: 'CONNECTION_LOST' }]);
  });

  it.each(['Pgarbage', 'X{}', 'hello'])('ends with the error of the bad frame %j', (message) => {
    const { receive, frames, downs } = connect();
    receive(message, frame);
    expect(downs).toMatchObject([{ code: 'INVALID_FRAME', message: `Not a frame: ${message}` }]);
    expect(frames).toEqual([]);
  });

  it('ends as the server says', () => {
    const { receive, engine, downs } = connect();
    receive('1');
    expect(downs).toMatchObject([
      { code: 'CONNECTION_LOST', message: 'The connection ended: io server disconnect.' },
    ]);
    expect(engine.isClosed).toBe(true);
    expect(engine.written).toEqual([]);
  });

  it('ends when its engine does, with the reason that the engine gives', () => {
    const { engine, downs } = connect();
    const cause = new Error('websocket error');
    engine.emit('error', cause);
    expect(downs).toEqual([]);
    engine.emit('close', 'transport error', cause);
    engine.emit('close', 'transport error', cause);
    expect(downs).toEqual([
      expect.objectContaining({
        ...{ code: 'CONNECTION_LOST', message: 'The connection ended: transport error.', cause },
      }),
    ]);
  });
});

describe('closing a transport', () => {
  it('tells the server, closes the engine and is silent', () => {
    const { transport, engine, receive, frames, downs } = connect({ namespace: '/shop' });
    const onAnswer = vi.fn();
    transport.request('buy', [], onAnswer);
    transport.close();
    expect(engine.written.slice(1)).toEqual(['1/shop,']);
    expect(engine.isClosed).toBe(true);
    receive(frame, '3/shop,0["late"]', '9');
    engine.emit('error', new Error('late'));
    transport.close();
    expect(engine.written).toHaveLength(2);
    expect([frames, downs, onAnswer.mock.calls]).toEqual([[], [], []]);
  });

  it('before the server has let it in says nothing', () => {
    const opening = open();
    opening.transport.close();
    const asking = open();
    asking.engine.emit('open');
    asking.transport.close();
    expect(opening.engine.written).toEqual([]);
    expect(asking.engine.written).toHaveLength(1);
    for (const { engine, downs } of [opening, asking]) {
      expect(engine.isClosed).toBe(true);
      expect(downs).toEqual([]);
    }
  });
});
