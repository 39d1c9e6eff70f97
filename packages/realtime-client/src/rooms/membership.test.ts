import { clientRequests, RoomcastError, type RoomResult } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { publicationOf } from '../fakes/publicationOf.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

const { join, leave } = clientRequests;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const settled = () => vi.advanceTimersByTimeAsync(0);
const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');

function fresh(room: string, offset = 0): RoomResult {
  return { room, status: 'fresh', position: { epoch: 'e1', offset, revision: 0 } };
}

function refused(room: string): RoomResult {
  return { room, status: 'refused', error: { code: 'FORBIDDEN', message: 'Not for you.' } };
}

describe('asking for rooms', () => {
  it('in the handshake, for what was asked for before there is a connection', async () => {
    const { client, heard, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    client.subscribe('event', { eventId: '43' });
    expect(room).toMatchObject({ room: 'event-42', state: { status: 'joining' }, position: null });
    const transport = await connect([fresh('event-42', 7), fresh('event-43')]);
    expect(transport.rooms).toEqual([{ room: 'event-42' }, { room: 'event-43' }]);
    expect(transport.requests).toEqual([]);
    expect(room.state).toEqual({ status: 'joined' });
    expect(room.position).toEqual({ epoch: 'e1', offset: 7, revision: 0 });
    expect(heard).toEqual(['42: fresh', '43: fresh']);
  });

  it('in one request for all rooms of one turn, when there is a connection', async () => {
    const { client, heard, connect } = createFakeClient();
    const transport = await connect();
    const room = client.subscribe('event', { eventId: '42' });
    client.subscribe('event', { eventId: '43' });
    expect(transport.requests).toEqual([]);
    await settled();
    expect(transport.sent(join)).toEqual([[{ room: 'event-42' }, { room: 'event-43' }]]);
    transport.lastRequest().accept([fresh('event-42'), fresh('event-43')]);
    await settled();
    expect(room.state).toEqual({ status: 'joined' });
    expect(heard).toEqual(['42: fresh', '43: fresh']);
    expect(transport.requests).toHaveLength(1);
  });

  it('never asks twice for a room whose answer is on its way', async () => {
    const { client, connect } = createFakeClient();
    const transport = await connect();
    client.subscribe('event', { eventId: '42' });
    await settled();
    client.subscribe('event', { eventId: '42' });
    client.subscribe('event', { eventId: '43' });
    await settled();
    expect(transport.sent(join)).toEqual([[{ room: 'event-42' }], [{ room: 'event-43' }]]);
  });

  it('does not ask for a room that it is in', async () => {
    const { client, connect } = createFakeClient();
    client.subscribe('event', { eventId: '42' });
    const transport = await connect([fresh('event-42')]);
    const second = client.subscribe('event', { eventId: '42' });
    await settled();
    expect(second.state).toEqual({ status: 'joined' });
    expect(transport.requests).toEqual([]);
  });

  it('after the welcome, for what was asked for while the handshake was on its way', async () => {
    const { client, transport, connect } = createFakeClient();
    await settled();
    const room = client.subscribe('event', { eventId: '42' });
    await settled();
    expect(transport().requests).toEqual([]);
    await connect();
    expect(transport().sent(join)).toEqual([[{ room: 'event-42' }]]);
    transport()
      .lastRequest()
      .accept([fresh('event-42')]);
    await settled();
    expect(room.state).toEqual({ status: 'joined' });
  });

  it('in portions, where there are more rooms than one request may name', async () => {
    const { client, connect } = createFakeClient();
    for (let id = 0; id < 300; id += 1) client.subscribe('event', { eventId: `${id}` });
    const ids = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `event-${from + index}`);
    const transport = await connect(ids(0, 128).map((room) => fresh(room)));
    expect(transport.rooms).toHaveLength(128);
    const names = transport.sent(join).map((rooms) => (rooms as RoomResult[]).map((r) => r.room));
    expect(names).toEqual([ids(128, 256), ids(256, 300)]);
  });

  it('refuses an id that no room can have', () => {
    const { client } = createFakeClient();
    expect(() => client.subscribe('event', { eventId: '' })).toThrow(
      expect.objectContaining({ code: 'INVALID_ROOM' }),
    );
  });

  it('tells the watchers of a room of its states, until they stop', async () => {
    const { client, connect, transport } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const states: string[] = [];
    const stop = room.watchState(({ status }) => states.push(status));
    await connect([fresh('event-42')]);
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    await connect([refused('event-42')]);
    expect(states).toEqual(['joined', 'joining', 'refused']);
    stop();
    client.disconnect();
    expect(states).toHaveLength(3);
  });

  it('lets one wait until the room is joined', async () => {
    const { client, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const joined = room.joined();
    await connect([fresh('event-42')]);
    await joined;
  });
});

describe('giving a room up', () => {
  async function joined() {
    const fake = createFakeClient();
    const room = fake.client.subscribe('event', { eventId: '42' });
    const transport = await fake.connect([fresh('event-42')]);
    return { ...fake, room, transport: () => transport };
  }

  it('leaves it one second after its last use, and not before', async () => {
    const { client, room, transport } = await joined();
    const second = client.subscribe('event', { eventId: '42' });
    room.release();
    room.release();
    await vi.advanceTimersByTimeAsync(60_000);
    second.release();
    await vi.advanceTimersByTimeAsync(999);
    expect(transport().requests).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(transport().sent(leave)).toEqual([['event-42']]);
  });

  it('sends nothing when it is used again within that second', async () => {
    const { client, room, transport, heard } = await joined();
    room.release();
    await vi.advanceTimersByTimeAsync(999);
    const second = client.subscribe('event', { eventId: '42' });
    expect(second.state).toEqual({ status: 'joined' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transport().requests).toEqual([]);
    transport().publish(publicationOf('event-42', 1));
    expect(heard).toEqual(['42: fresh', '42: reliable 1']);
  });

  it('makes it deaf to what still arrives', async () => {
    const { room, transport, heard } = await joined();
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    transport().publish(publicationOf('event-42', 1));
    transport().receive({ type: 'room', result: fresh('event-42', 5) });
    expect(heard).toEqual(['42: fresh']);
  });

  it('joins anew when it is asked for after that, with the position that it had', async () => {
    const { client, room, transport, heard } = await joined();
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    const second = client.subscribe('event', { eventId: '42' });
    await settled();
    const position = { epoch: 'e1', offset: 0, revision: 0 };
    expect(transport().sent(join)).toEqual([[{ room: 'event-42', position }]]);
    transport()
      .lastRequest()
      .accept([{ ...fresh('event-42', 3), status: 'resumed' }]);
    transport().publish(publicationOf('event-42', 1));
    expect(second.position).toMatchObject({ offset: 1 });
    expect(heard).toEqual(['42: fresh', '42: resumed', '42: reliable 1']);
  });

  it('does not take the answer to an earlier request for that to a later one', async () => {
    const { client, connect, heard } = createFakeClient();
    const transport = await connect();
    const first = client.subscribe('event', { eventId: '42' });
    await settled();
    const [asked] = transport.requests;
    first.release();
    await vi.advanceTimersByTimeAsync(1_000);
    const second = client.subscribe('event', { eventId: '42' });
    await settled();
    asked?.accept([fresh('event-42', 1)]);
    await settled();
    expect(second.state).toEqual({ status: 'joining' });
    transport.lastRequest().accept([fresh('event-42', 2)]);
    await settled();
    expect(second.position).toMatchObject({ offset: 2 });
    expect(heard).toEqual(['42: fresh']);
  });

  it('while the handshake is on its way leaves it after the welcome', async () => {
    const { client, transport, connect, heard } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    await settled();
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(transport().requests).toEqual([]);
    await connect([fresh('event-42')]);
    transport().publish(publicationOf('event-42', 1));
    expect(transport().sent(leave)).toEqual([['event-42']]);
    expect(heard).toEqual([]);
  });

  it('while there is no connection keeps it out of the next handshake', async () => {
    const { client, room, transport, connect } = await joined();
    client.subscribe('event', { eventId: '43' });
    transport().fail(lost);
    room.release();
    client.disconnect();
    await vi.advanceTimersByTimeAsync(1_000);
    client.connect();
    const next = await connect();
    expect(next.rooms).toEqual([{ room: 'event-43' }]);
  });

  it('is harmless where the request to leave fails', async () => {
    const { room, transport, onError } = await joined();
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    transport().lastRequest().refuse(new Error('broken'));
    await settled();
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('the rooms of every session with a user', () => {
  const automatic = [fresh('user-alice'), fresh('global')];

  it('are heard without being asked for, and asked for again with their position', async () => {
    const { client, heard, connect } = createFakeClient();
    const transport = await connect(automatic, 'alice');
    transport.publish(publicationOf('user-alice', 1));
    expect(heard).toEqual(['user-alice: fresh', 'global: fresh', 'user-alice: reliable 1']);
    client.disconnect();
    client.connect();
    const next = await connect([]);
    expect(next.rooms).toEqual([
      { room: 'user-alice', position: { epoch: 'e1', offset: 1, revision: 0 } },
      { room: 'global', position: { epoch: 'e1', offset: 0, revision: 0 } },
    ]);
  });

  it.each(['before', 'after'])('stay when a use that began %s the welcome ends', async (when) => {
    const { client, heard, connect } = createFakeClient();
    const early = when === 'before' ? client.subscribe('global') : null;
    const transport = await connect(automatic, 'alice');
    const use = early ?? client.subscribe('global');
    expect(use.state).toEqual({ status: 'joined' });
    use.release();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transport.requests).toEqual([]);
    transport.publish(publicationOf('global', 1));
    expect(heard.at(-1)).toBe('global: reliable 1');
  });

  it('stay when a use ended while the handshake was on its way', async () => {
    const { client, heard, connect } = createFakeClient();
    const use = client.subscribe('global');
    await settled();
    use.release();
    const transport = await connect([fresh('global')], 'alice');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(transport.requests).toEqual([]);
    transport.publish(publicationOf('global', 1));
    expect(heard.at(-1)).toBe('global: reliable 1');
  });

  it('are forgotten when another user is logged in', async () => {
    const { client, connect } = createFakeClient();
    await connect(automatic, 'alice');
    client.disconnect();
    client.connect();
    const second = await connect([refused('user-alice'), fresh('user-bob')], 'bob');
    expect(second.rooms.map(({ room }) => room)).toEqual(['user-alice', 'global']);
    client.disconnect();
    client.connect();
    const third = await connect([], 'bob');
    expect(third.rooms.map(({ room }) => room)).toEqual(['global', 'user-bob']);
  });

  it('are refused, and kept, where somebody uses them and the user is gone', async () => {
    const { client, connect } = createFakeClient();
    const use = client.subscribe('user', { userId: 'alice' });
    await connect(automatic, 'alice');
    client.disconnect();
    client.connect();
    await connect([refused('user-alice'), refused('global')], null);
    expect(use.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
  });
});

describe('a refused room', () => {
  it('says why, is no recovery, and hears nothing', async () => {
    const { client, heard, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const transport = await connect([refused('event-42')]);
    transport.publish(publicationOf('event-42', 1));
    expect(room.state).toEqual({
      status: 'refused',
      error: new RoomcastError('FORBIDDEN', 'Not for you.'),
    });
    expect(heard).toEqual([]);
  });

  it('is asked for again in the next handshake, without the position of before', async () => {
    const { client, heard, connect, transport } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    await connect([fresh('event-42', 4)]);
    transport().receive({ type: 'room', result: refused('event-42') });
    expect(room.state.status).toBe('refused');
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([fresh('event-42', 9)]);
    expect(next.rooms).toEqual([{ room: 'event-42' }]);
    expect(heard).toEqual(['42: fresh', '42: gap unauthorized ? in stream', '42: fresh']);
  });

  it('is forgotten with its last use, so that the next one asks anew', async () => {
    const { client, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const transport = await connect([refused('event-42')]);
    room.release();
    const second = client.subscribe('event', { eventId: '42' });
    expect(second.state).toEqual({ status: 'joining' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(transport.sent(join)).toEqual([[{ room: 'event-42' }]]);
    expect(transport.sent(leave)).toEqual([]);
  });
});

describe('a room that the server cannot answer for', () => {
  const error = { code: 'INTERNAL', message: 'The server failed.' };
  const failed = (room: string): RoomResult => ({ room, status: 'refused', error });
  const position = { epoch: 'e1', offset: 4, revision: 0 };
  const resumed: RoomResult = { room: 'event-42', status: 'resumed', position };

  async function failing() {
    const fake = createFakeClient();
    const room = fake.client.subscribe('event', { eventId: '42' });
    const transport = await fake.connect([fresh('event-42', 4)]);
    transport.receive({ type: 'room', result: failed('event-42') });
    return { ...fake, room, transport };
  }

  it('is being joined, says why, and is no gap: it goes on from where it stood', async () => {
    const { room, heard, transport } = await failing();
    expect(room.state).toEqual({
      status: 'joining',
      error: new RoomcastError('INTERNAL', 'The server failed.'),
    });
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.sent(join)).toEqual([[{ room: 'event-42', position }]]);
    transport.lastRequest().accept([resumed]);
    expect(room.state).toEqual({ status: 'joined' });
    expect(heard).toEqual(['42: fresh', '42: resumed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is asked for again later each time, and sooner after an answer', async () => {
    const { transport } = await failing();
    const asked = () => transport.sent(join).length;
    for (const [tries, delayMs] of [100, 200, 400, 800, 1_000, 1_000].entries()) {
      await vi.advanceTimersByTimeAsync(delayMs - 1);
      expect(asked()).toBe(tries);
      await vi.advanceTimersByTimeAsync(1);
      expect(asked()).toBe(tries + 1);
      transport.lastRequest().accept([failed('event-42')]);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    transport.lastRequest().accept([resumed]);
    transport.receive({ type: 'room', result: failed('event-42') });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked()).toBe(8);
  });

  it('is waited for by whoever waits to be in', async () => {
    const { client, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const joined = room.joined();
    const transport = await connect([failed('event-42')]);
    await vi.advanceTimersByTimeAsync(100);
    transport.lastRequest().accept([fresh('event-42')]);
    await joined;
  });

  it('is asked for with the others that have no answer, and holds up no other', async () => {
    const { client, transport } = await failing();
    client.subscribe('event', { eventId: '43' });
    await settled();
    expect(transport.sent(join)).toEqual([[{ room: 'event-43' }]]);
    transport.lastRequest().accept([failed('event-43')]);
    await vi.advanceTimersByTimeAsync(100);
    expect(transport.sent(join)[1]).toMatchObject([{ room: 'event-42' }, { room: 'event-43' }]);
    expect(transport.requests).toHaveLength(2);
  });

  it('is asked for in the next handshake, where the connection ends before', async () => {
    const { transport, connect, client } = await failing();
    transport.fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([failed('event-42')]);
    expect(next.rooms).toEqual([{ room: 'event-42', position }]);
    await vi.advanceTimersByTimeAsync(100);
    expect(next.requests).toHaveLength(1);
    await client.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a request for rooms', () => {
  async function asking() {
    const fake = createFakeClient();
    const transport = await fake.connect();
    const room = fake.client.subscribe('event', { eventId: '42' });
    await settled();
    return { ...fake, room, transport: () => transport, asked: transport.lastRequest() };
  }

  it('that is lost with the connection is part of the next handshake', async () => {
    const { room, onError, connect, transport } = await asking();
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([fresh('event-42')]);
    expect(next.rooms).toEqual([{ room: 'event-42' }]);
    expect(next.requests).toEqual([]);
    expect(room.state).toEqual({ status: 'joined' });
    expect(onError).not.toHaveBeenCalled();
  });

  it('that has no answer in time is made again', async () => {
    const { room, transport } = await asking();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport().sent(join)).toHaveLength(2);
    transport()
      .lastRequest()
      .accept([fresh('event-42')]);
    await settled();
    expect(room.state).toEqual({ status: 'joined' });
  });

  it('that is refused as a whole refuses every room in it', async () => {
    const { room, asked } = await asking();
    asked.refuse(new RoomcastError('LIMIT_EXCEEDED', 'Too many rooms.'));
    await settled();
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'LIMIT_EXCEEDED' } });
  });

  it('that came too soon is asked again, and refuses no room', async () => {
    const { room, asked, transport } = await asking();
    asked.refuse(new RoomcastError('RATE_LIMITED', 'Too much at once.'));
    await settled();
    expect(room.state).toMatchObject({ status: 'joining', error: { code: 'RATE_LIMITED' } });
    const count = transport().sent(join).length;
    await vi.advanceTimersByTimeAsync(100);
    expect(transport().sent(join)).toHaveLength(count + 1);
  });

  it.each([null, {}, [], [null], [{ room: 'event-42', status: 'fresh' }], [fresh('event-43')]])(
    'whose answer %j says nothing of a room leaves that room refused',
    async (answer) => {
      const { room, asked, heard } = await asking();
      asked.accept(answer);
      await settled();
      expect(room.state).toMatchObject({ status: 'refused', error: { code: 'INVALID_FRAME' } });
      expect(heard).toEqual([]);
    },
  );

  it('whose answer comes after the end of the connection settles nothing', async () => {
    const { room, asked, heard, client } = await asking();
    client.disconnect();
    asked.accept([fresh('event-42')]);
    await settled();
    expect(room.state).toEqual({ status: 'joining' });
    expect(heard).toEqual([]);
  });
});

describe('callbacks', () => {
  it('that disconnect in the middle of a welcome leave no room joined', async () => {
    const { client, heard, connect } = createFakeClient();
    const rooms = ['42', '43'].map((eventId) => client.subscribe('event', { eventId }));
    client.onRecovery(() => client.disconnect());
    await connect([fresh('event-42'), fresh('event-43')]);
    expect(client.state).toMatchObject({ status: 'closed', reason: 'disconnected' });
    expect(rooms.map(({ state }) => state.status)).toEqual(['joining', 'joining']);
    expect(heard).toEqual(['42: fresh']);
  });

  it('that close the client in the middle of a frame hear no more of it', async () => {
    const { client, heard, connect } = createFakeClient();
    client.subscribe('event', { eventId: '42' });
    const transport = await connect([fresh('event-42')]);
    client.on('ticket-purchased', () => void client.close());
    transport.publish(publicationOf('event-42', 1), publicationOf('event-42', 2));
    expect(heard).toEqual(['42: fresh', '42: reliable 1']);
  });
});
