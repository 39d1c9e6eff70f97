import { type Position, RoomcastError, type RoomResult } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';
import { publicationOf } from '../fakes/publicationOf.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');

const at = (offset: number, revision = 0, epoch = 'e1'): Position => ({ epoch, offset, revision });
const fresh = (position: Position, room = 'event-42'): RoomResult => ({
  ...{ room, status: 'fresh', position },
});
const resumed = (position: Position): RoomResult => ({
  ...{ room: 'event-42', status: 'resumed', position },
});
const gap = (position: Position, missed?: number): RoomResult => ({
  ...{ room: 'event-42', status: 'gap', position, reason: 'overflow' },
  ...(missed !== undefined && { missed }),
});

/** A client in the room `event-42`, at the offset 5 and the revision 2. */
async function inRoom() {
  const fake = createFakeClient();
  const room = fake.client.subscribe('event', { eventId: '42' });
  await fake.connect([fresh(at(5, 2))]);
  fake.heard.length = 0;
  const reconnect = async (results: readonly RoomResult[]) => {
    fake.transport().fail(lost);
    await vi.advanceTimersByTimeAsync(1_000);
    return fake.connect(results);
  };
  return { ...fake, room, reconnect };
}

describe('a reconnect', () => {
  it('names the position that the client holds, events included', async () => {
    const { transport, reconnect } = await inRoom();
    transport().publish(publicationOf('event-42', 6));
    transport().publish(publicationOf('event-42', 4, { delivery: 'latest' }));
    transport().publish(publicationOf('event-42', 0, { delivery: 'volatile' }));
    const next = await reconnect([resumed(at(6, 4))]);
    expect(next.rooms).toEqual([{ room: 'event-42', position: at(6, 4) }]);
  });

  it('that missed nothing is told as resumed, and the room is joining until then', async () => {
    const { heard, room, transport, reconnect } = await inRoom();
    transport().fail(lost);
    expect(room.state).toEqual({ status: 'joining' });
    expect(room.position).toEqual(at(5, 2));
    await reconnect([resumed(at(5, 2))]);
    expect(room.state).toEqual({ status: 'joined' });
    expect(heard).toEqual(['42: resumed']);
  });

  it('that resumes takes what was missed from the frames that follow', async () => {
    const { heard, reconnect, room } = await inRoom();
    const next = await reconnect([resumed(at(8))]);
    expect(room.position).toEqual(at(5, 2));
    next.publish(publicationOf('event-42', 6), publicationOf('event-42', 7));
    next.publish(publicationOf('event-42', 8));
    expect(heard).toEqual(['42: resumed', '42: reliable 6', '42: reliable 7', '42: reliable 8']);
  });

  it.each([[at(9, 2), 4] as const, [at(1, 0, 'e2'), undefined] as const])(
    'over a gap goes on behind it: at %j, %s missed',
    async (position, missed) => {
      const { heard, room, reconnect, recoveries } = await inRoom();
      const next = await reconnect([gap(position, missed)]);
      expect(room.position).toEqual(position);
      expect(recoveries.at(-1)).toEqual({
        ...{ room: 'event-42', kind: 'event', params: { eventId: '42' } },
        ...{ status: 'gap', reason: 'overflow', during: 'join' },
        ...(missed !== undefined && { missed }),
      });
      const { epoch } = position;
      next.publish(publicationOf('event-42', position.offset, { epoch }));
      next.publish(publicationOf('event-42', position.offset + 1, { epoch }));
      expect(heard).toEqual([
        `42: gap overflow ${missed ?? '?'}`,
        `42: reliable ${position.offset + 1}`,
      ]);
    },
  );

  it('tells how long the room had been quiet, where the server does', async () => {
    const { recoveries, reconnect } = await inRoom();
    await reconnect([{ ...gap(at(9), 4), quietForMs: 7_000 } as RoomResult]);
    expect(recoveries.at(-1)).toMatchObject({ status: 'gap', missed: 4, quietForMs: 7_000 });
    const other = createFakeClient();
    other.client.subscribe('event', { eventId: '42' });
    await other.connect([{ ...fresh(at(9)), quietForMs: 0 } as RoomResult]);
    expect(other.recoveries).toMatchObject([{ status: 'fresh', quietForMs: 0 }]);
  });
});

describe('a fresh join', () => {
  it('begins at the position of the answer, whose revision lets the latest values through', async () => {
    const { client, heard, connect } = createFakeClient();
    const room = client.subscribe('event', { eventId: '42' });
    const transport = await connect([fresh(at(5, 0))]);
    transport.publish(publicationOf('event-42', 3, { delivery: 'latest' }));
    transport.publish(publicationOf('event-42', 5), publicationOf('event-42', 6));
    expect(heard).toEqual(['42: fresh', '42: latest 3', '42: reliable 6']);
    expect(room.position).toEqual(at(6, 3));
  });

  it('has a position before the first event, from which a reconnect resumes', async () => {
    const { transport, reconnect, heard } = await inRoom();
    const next = await reconnect([resumed(at(7, 2))]);
    expect(next.rooms).toEqual([{ room: 'event-42', position: at(5, 2) }]);
    transport().publish(publicationOf('event-42', 6), publicationOf('event-42', 7));
    expect(heard).toEqual(['42: resumed', '42: reliable 6', '42: reliable 7']);
  });
});

describe('a reliable publication', () => {
  it('is heard once, however often it arrives', async () => {
    const { heard, transport } = await inRoom();
    const [six, seven] = [publicationOf('event-42', 6), publicationOf('event-42', 7)];
    transport().publish(six);
    transport().publish(six, seven);
    transport().publish(publicationOf('event-42', 3));
    expect(heard).toEqual(['42: reliable 6', '42: reliable 7']);
  });
});

describe('a latest publication', () => {
  it('is heard where it is newer, and one that was skipped is no gap', async () => {
    const { heard, room, transport } = await inRoom();
    for (const revision of [2, 7, 6, 7, 8]) {
      transport().publish(publicationOf('event-42', revision, { delivery: 'latest' }));
    }
    expect(heard).toEqual(['42: latest 7', '42: latest 8']);
    expect(room.position).toEqual(at(5, 8));
  });
});

describe('a volatile publication', () => {
  it('is heard every time and has no place in the order', async () => {
    const { heard, room, transport } = await inRoom();
    const typing = publicationOf('event-42', 0, { delivery: 'volatile' });
    transport().publish(typing);
    transport().publish(typing);
    expect(heard).toEqual(['42: volatile 0', '42: volatile 0']);
    expect(room.position).toEqual(at(5, 2));
  });
});

describe('news of a room', () => {
  it('that its log broke is a gap, from which it goes on', async () => {
    const { heard, transport } = await inRoom();
    transport().receive({ type: 'room', result: gap(at(8), 3) });
    transport().publish(publicationOf('event-42', 9));
    expect(heard).toEqual(['42: gap overflow 3 in stream', '42: reliable 9']);
  });

  it('that the client is no longer in is a gap, told before the state, and ends what it hears of it', async () => {
    const { heard, room, transport } = await inRoom();
    const error = { code: 'FORBIDDEN', message: 'Revoked.' };
    room.watchState(({ status }) => heard.push(status));
    transport().receive({ type: 'room', result: { room: 'event-42', status: 'refused', error } });
    transport().publish(publicationOf('event-42', 6));
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
    expect(heard).toEqual(['42: gap unauthorized ? in stream', 'refused']);
    expect(room.position).toBeNull();
  });

  it('that the client does not know is ignored', async () => {
    const { heard, transport, onError } = await inRoom();
    transport().publish(publicationOf('event-99', 1));
    transport().receive({ type: 'room', result: fresh(at(0), 'event-99') });
    expect(heard).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('a room that a session may not resume', () => {
  it('is a gap with the join, told before the state', async () => {
    const { heard, room, recoveries, reconnect } = await inRoom();
    room.watchState(({ status }) => heard.push(status));
    const error = { code: 'FORBIDDEN', message: 'Not any more.' };
    await reconnect([{ room: 'event-42', status: 'refused', error }]);
    expect(heard).toEqual(['joining', '42: gap unauthorized ?', 'refused']);
    expect(recoveries.at(-1)).toMatchObject({ reason: 'unauthorized', during: 'join' });
  });
});

describe('the recoveries of one room', () => {
  it('are told to those who use it, until they stop', async () => {
    const { client, room, recoveries, transport, reconnect } = await inRoom();
    const heard: unknown[] = [];
    const stop = room.onRecovery((recovery) => heard.push(recovery));
    client.subscribe('event', { eventId: '43' }).onRecovery((recovery) => heard.push(recovery));
    await reconnect([resumed(at(5, 2))]);
    transport().receive({ type: 'room', result: gap(at(8), 3) });
    expect(heard).toEqual([
      { status: 'resumed', during: 'join' },
      { status: 'gap', reason: 'overflow', missed: 3, during: 'stream' },
    ]);
    expect(recoveries).toHaveLength(3);
    stop();
    stop();
    transport().receive({ type: 'room', result: gap(at(9), 1) });
    expect(heard).toHaveLength(2);
  });
});
