import { createFrameReader } from '@roomcast/realtime-compression/frames';
import { type Publication, systemClock } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeDialects, type FakeDialects } from '../fakes/createFakeDialects.ts';
import { createFakeSession, type FakeSession } from '../fakes/createFakeSession.ts';
import { createFakeConnection } from '../fakes/fakeConnection.ts';
import { createFakeMembership, type FakeMembership } from '../fakes/fakeMembership.ts';
import type { DialectName } from '../session/session.ts';
import { sizeOf } from '../socket-io/encodeEvent.ts';
import { Fanout } from './fanout.ts';
import { FrameCompressor } from './frameCompressor.ts';
import type { BatchOptions } from './roomBatches.ts';

let membership: FakeMembership;
let fanout: Fanout;
let sessions: Map<string, FakeSession>;
let dialects: FakeDialects;
const dictionary = { id: '', bytes: new TextEncoder().encode('framed: a publication') };
const pause = vi.fn();
const count = vi.fn();
const report = vi.fn();
let compressor: FrameCompressor;

const since = { epoch: 'one', offset: 1, revision: 0 };
const publication: Publication = {
  ...{ room: 'event-1', event: 'posted', payload: 'hello', delivery: 'reliable' },
  ...{ position: since, publishedAtMs: 0 },
};

function join(id: string, dialect: DialectName, ...rooms: readonly string[]): FakeSession {
  const session = createFakeSession({ dialect, connection: createFakeConnection(membership, id) });
  sessions.set(id, session);
  session.connection.join(rooms);
  return session;
}

const written = (session: FakeSession) => session.connection.written;

beforeEach(() => {
  pause.mockReset();
  count.mockReset();
  report.mockReset();
  compressor = new FrameCompressor(dictionary, (event) => event === 'secret');
  membership = createFakeMembership();
  sessions = new Map();
  dialects = createFakeDialects();
  create({ minWindowMs: 0, maxWindowMs: 0 });
});

function create(batching: BatchOptions): void {
  const findSession = (id: string) => sessions.get(id);
  fanout = new Fanout({
    ...{ membership, dialects, pause, findSession, metrics: { count }, clock: systemClock },
    ...{ batching, maxQueueBytes: 1_000_000, compressor, report },
  });
}

describe('Fanout', () => {
  it('writes to the members of the room and to nobody else, each in their dialect', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'plain', 'event-1', 'event-2');
    const carol = join('carol', 'plain', 'event-2');
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([['framed: hello']]);
    expect(written(bob)).toEqual([['plain: hello']]);
    expect(written(carol)).toEqual([]);
  });

  it('encodes once for each dialect, however many members there are', () => {
    const members = ['a', 'b', 'c'].map((id) => join(id, 'framed', 'event-1'));
    fanout.onPublication(publication);
    expect(dialects.framed.encode).toHaveBeenCalledExactlyOnceWith([publication]);
    expect(dialects.plain.encode).not.toHaveBeenCalled();
    expect(members.map((member) => written(member).length)).toEqual([1, 1, 1]);
  });

  it('passes over a member that has no session any more', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'framed', 'event-1');
    sessions.delete('alice');
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([]);
    expect(written(bob)).toHaveLength(1);
  });

  it('passes over a member that is behind, in that room and no other', () => {
    const alice = join('alice', 'framed', 'event-1', 'event-2');
    alice.lags.set('event-1', { since });
    fanout.onPublication(publication);
    fanout.onPublication({ ...publication, room: 'event-2', payload: 'other' });
    expect(written(alice)).toEqual([['framed: other']]);
  });

  it('passes over a member whose token is over, and encodes nothing for it', () => {
    const alice = join('alice', 'framed', 'event-1');
    alice.isExpired = true;
    fanout.onPublication(publication);
    expect(written(alice)).toEqual([]);
    expect(dialects.framed.encode).not.toHaveBeenCalled();
  });

  it('has the members read what the log had for them when it could not be followed', () => {
    const alice = join('alice', 'framed', 'event-1');
    const bob = join('bob', 'plain', 'event-1');
    join('carol', 'plain', 'event-2');
    fanout.onGap('event-1', since);
    expect(pause.mock.calls).toEqual([
      [alice, 'event-1', since],
      [bob, 'event-1', since],
    ]);
  });

  it('leaves those where they are who are behind already, or have no valid token', () => {
    join('alice', 'framed', 'event-1').lags.set('event-1', { since });
    join('bob', 'framed', 'event-1').isExpired = true;
    fanout.onGap('event-1', { ...since, offset: 7 });
    expect(pause).not.toHaveBeenCalled();
  });
});

describe('a batch', () => {
  const at = (offset: number, parts: Partial<Publication> = {}): Publication => ({
    ...{ ...publication, payload: `p${offset}`, position: { ...since, offset } },
    ...parts,
  });
  const batched = () => {
    vi.useFakeTimers();
    create({ minWindowMs: 4, maxWindowMs: 16 });
  };

  afterEach(() => {
    vi.useRealTimers();
  });

  it('is written when its window ends, and is one message', () => {
    batched();
    const alice = join('alice', 'framed', 'event-1');
    for (const offset of [1, 2, 3]) fanout.onPublication(at(offset));
    expect(written(alice)).toEqual([['framed: p1']]);
    vi.advanceTimersByTime(4);
    expect(written(alice)).toEqual([['framed: p1'], ['framed: p2 p3']]);
  });

  it('is written before the members read what the log had for them', () => {
    batched();
    const alice = join('alice', 'framed', 'event-1');
    pause.mockImplementation(() => expect(written(alice)).toHaveLength(2));
    for (const offset of [1, 2]) fanout.onPublication(at(offset));
    fanout.onGap('event-1', at(2).position);
    expect(pause).toHaveBeenCalledOnce();
  });

  it('is written when it is asked for, and nothing waits after the end', () => {
    batched();
    const alice = join('alice', 'framed', 'event-1', 'event-2');
    for (const room of ['event-1', 'event-2']) {
      for (const offset of [1, 2]) fanout.onPublication(at(offset, { room }));
    }
    fanout.flush('event-1');
    expect(written(alice)).toHaveLength(3);
    fanout.close();
    expect(written(alice)).toHaveLength(4);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a member for whom much waits', () => {
  const volatile = { ...publication, delivery: 'volatile', payload: 'tick' } as const;
  let slow: FakeSession;
  let quick: FakeSession;
  beforeEach(() => {
    slow = join('slow', 'framed', 'event-1');
    quick = join('quick', 'framed', 'event-1');
  });

  it('gets everything up to 65,536 bytes', () => {
    slow.connection.waitingBytes = 65_536;
    fanout.onPublication(volatile);
    expect(written(slow)).toEqual([['framed: tick']]);
    expect(count).not.toHaveBeenCalled();
  });

  it('misses what is volatile from there on, and nobody else does', () => {
    slow.connection.waitingBytes = 65_537;
    fanout.onPublication(volatile);
    fanout.onPublication(publication);
    expect(written(slow)).toEqual([['framed: hello']]);
    expect(written(quick)).toEqual([['framed: tick'], ['framed: hello']]);
    expect(count.mock.calls).toEqual([
      ['roomcast_slow_clients_total', { reaction: 'volatile-dropped' }, 1],
    ]);
  });

  it('gets the rest of a batch with volatile publications in it', () => {
    create({ minWindowMs: 4, maxWindowMs: 4 });
    fanout.onPublication(publication);
    slow.connection.waitingBytes = 100_000;
    for (const next of [volatile, publication, volatile]) fanout.onPublication(next);
    fanout.flush('event-1');
    expect(written(slow).slice(1)).toEqual([['framed: hello']]);
    expect(written(quick).slice(1)).toEqual([['framed: tick hello tick']]);
    expect(count.mock.calls).toEqual([
      ['roomcast_slow_clients_total', { reaction: 'volatile-dropped' }, 2],
    ]);
    fanout.close();
  });

  it.each([
    ['reliable', { offset: 7, revision: 3 }, { offset: 6, revision: 3 }],
    ['latest', { offset: 7, revision: 3 }, { offset: 7, revision: 2 }],
  ] as const)(
    'reads the log from before a %s publication past the limit',
    (delivery, now, before) => {
      slow.connection.waitingBytes = 1_000_001;
      fanout.onPublication({ ...publication, delivery, position: { epoch: 'one', ...now } });
      expect(written(slow)).toEqual([]);
      expect(written(quick)).toHaveLength(1);
      expect(pause.mock.calls).toEqual([[slow, 'event-1', { epoch: 'one', ...before }]]);
      expect(count.mock.calls).toEqual([
        ['roomcast_slow_clients_total', { reaction: 'paused' }, 1],
      ]);
    },
  );

  it('is not sent to the log for what is volatile', () => {
    slow.connection.waitingBytes = 1_000_001;
    fanout.onPublication(volatile);
    expect(pause).not.toHaveBeenCalled();
    expect(written(slow)).toEqual([]);
  });
});

describe('a member that reads compressed frames', () => {
  const at = (offset: number, payload: string): Publication => ({
    ...{ ...publication, payload, position: { ...since, offset } },
  });
  /** A text that changes little, of the length that is compressed at once or on another thread. */
  const state = (count: number, length = 400) =>
    `row ${count} `.padEnd(length, 'seat, row, price; ');

  function joinReader(id: string, compression: 'deflate' | 'dictionary' = 'dictionary') {
    const connection = createFakeConnection(membership, id);
    const session = createFakeSession({ dialect: 'framed', compression, connection });
    sessions.set(id, session);
    connection.join(['event-1']);
    const frames = createFrameReader(
      compression === 'dictionary' ? { dictionary: dictionary.bytes } : {},
    );
    let taken = 0;
    return {
      ...{ session, frames },
      /** What came, as text, and which of it was compressed. */
      read: () => {
        const packets = connection.written.slice(taken).flat();
        taken = connection.written.length;
        return packets.map((packet) =>
          typeof packet === 'string' ? packet : `binary ${packet[0]} ${frames.read(packet)}`,
        );
      },
    };
  }

  it('gets the first frame by itself, and then the changes', () => {
    const alice = joinReader('alice');
    for (const count of [1, 2, 3]) fanout.onPublication(at(count, state(count)));
    expect(alice.read()).toEqual([
      ...[`binary 4 framed: ${state(1)}`, `binary 3 framed: ${state(2)}`],
      `binary 3 framed: ${state(3)}`,
    ]);
    const [first = 0, second = 0] = written(alice.session).map(sizeOf);
    expect(second).toBeLessThan(0.6 * first);
  });

  it('shares each frame with all who can read it, and who came later gets one of its own', () => {
    const alice = joinReader('alice');
    const bob = joinReader('bob', 'deflate');
    const carol = join('carol', 'framed', 'event-1');
    fanout.onPublication(at(1, state(1)));
    const late = joinReader('late');
    const twin = joinReader('twin');
    fanout.onPublication(at(2, state(2)));
    expect(alice.read().at(-1)).toBe(`binary 3 framed: ${state(2)}`);
    expect(bob.read().at(-1)).toBe(`binary 3 framed: ${state(2)}`);
    expect(late.read()).toEqual([`binary 4 framed: ${state(2)}`]);
    expect(written(late.session)[0]).toBe(written(twin.session)[0]);
    expect(written(alice.session)[1]).toBe(written(bob.session)[1]);
    expect(written(carol)).toEqual([[`framed: ${state(1)}`], [`framed: ${state(2)}`]]);
    expect(dialects.framed.encode).toHaveBeenCalledTimes(2);
  });

  it('gets what is encrypted as it is, and the changes of the others as before', () => {
    const alice = joinReader('alice');
    fanout.onPublication(at(1, state(1)));
    fanout.onPublication({ ...at(2, state(2)), event: 'secret' });
    fanout.onPublication(at(3, state(3)));
    expect(alice.read()).toEqual([
      ...[`binary 4 framed: ${state(1)}`, `framed: ${state(2)}`, `binary 3 framed: ${state(3)}`],
    ]);
  });

  it('gets a short frame as text', () => {
    const alice = joinReader('alice');
    fanout.onPublication(publication);
    expect(alice.read()).toEqual(['framed: hello']);
    expect(count).not.toHaveBeenCalled();
  });

  it('is not told a change of what it missed', () => {
    const alice = joinReader('alice');
    const bob = joinReader('bob');
    fanout.onPublication(at(1, state(1)));
    bob.session.lags.set('event-1', { since });
    fanout.onPublication(at(2, state(2)));
    bob.session.lags.delete('event-1');
    fanout.onPublication(at(3, state(3)));
    expect(alice.read().at(-1)).toBe(`binary 3 framed: ${state(3)}`);
    expect(bob.read()).toEqual([`binary 4 framed: ${state(1)}`, `binary 4 framed: ${state(3)}`]);
  });

  it('has its bytes counted, those that were sent and those that were saved', () => {
    joinReader('alice');
    joinReader('bob');
    fanout.onPublication(at(1, state(1)));
    const [text, sent] = count.mock.calls;
    expect(text).toEqual([
      ...['roomcast_compressed_frame_bytes_total', { form: 'text' }],
      2 * `framed: ${state(1)}`.length,
    ]);
    expect(sent?.[1]).toEqual({ form: 'sent' });
    expect(sent?.[2]).toBeLessThan(200);
  });

  it('gets a long frame when it is compressed, and what follows behind it', async () => {
    const alice = joinReader('alice');
    const plain = join('plain', 'plain', 'event-1');
    for (const count of [1, 2]) fanout.onPublication(at(count, state(count, 20_000)));
    fanout.onPublication(at(3, state(3)));
    expect(alice.read()).toEqual([]);
    await vi.waitFor(() => expect(written(alice.session)).toHaveLength(3));
    expect(alice.read()).toEqual([
      ...[`binary 4 framed: ${state(1, 20_000)}`, `binary 3 framed: ${state(2, 20_000)}`],
      `binary 3 framed: ${state(3)}`,
    ]);
    expect(written(plain)).toHaveLength(3);
  });

  it('gets a long frame as text where it cannot be waited for, and nothing twice', async () => {
    const alice = joinReader('alice');
    for (const count of [1, 2]) fanout.onPublication(at(count, state(count, 20_000)));
    fanout.flush('event-1');
    expect(alice.read()).toEqual([`framed: ${state(1, 20_000)}`, `framed: ${state(2, 20_000)}`]);
    fanout.onPublication(at(3, state(3, 20_000)));
    await vi.waitFor(() => expect(written(alice.session)).toHaveLength(3));
    fanout.onPublication(at(4, state(4)));
    expect(alice.read()).toEqual([
      ...[`binary 4 framed: ${state(3, 20_000)}`, `binary 3 framed: ${state(4)}`],
    ]);
  });

  it('begins anew in a room that was left by all', () => {
    joinReader('alice');
    fanout.onPublication(at(1, state(1)));
    expect(compressor.size).toBe(1);
    fanout.onUnfollow('event-1');
    expect(compressor.size).toBe(0);
  });
});
