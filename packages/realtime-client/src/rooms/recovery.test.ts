import {
  clientRequests,
  type Position,
  RoomcastError,
  type RoomResult,
} from '@roomcast/realtime-contract';
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

const settled = () => vi.advanceTimersByTimeAsync(0);
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
        ...{ status: 'gap', reason: 'overflow' },
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

  it('to a room that is new to its user is fresh, whatever an earlier use had asked for', async () => {
    const { client, heard, room, transport, connect } = await inRoom();
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    // The handshake with the old position is on its way.
    expect(transport().rooms).toEqual([{ room: 'event-42', position: at(5, 2) }]);
    room.release();
    await vi.advanceTimersByTimeAsync(1_000);
    const second = client.subscribe('event', { eventId: '42' });
    await connect([gap(at(9), 4)]);
    expect(heard).toEqual(['42: fresh']);
    expect(second.position).toEqual(at(9));
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

  it('behind a hole is heard after the gap, with the number missed', async () => {
    const { heard, transport } = await inRoom();
    transport().publish(publicationOf('event-42', 9), publicationOf('event-42', 10));
    expect(heard).toEqual(['42: gap overflow 3', '42: reliable 9', '42: reliable 10']);
  });

  it('of another epoch is heard after the gap, and the count goes on from it', async () => {
    const { heard, room, transport } = await inRoom();
    transport().publish(publicationOf('event-42', 3, { epoch: 'e2' }));
    transport().publish(publicationOf('event-42', 4, { epoch: 'e2' }));
    expect(heard).toEqual(['42: gap epoch-changed ?', '42: reliable 3', '42: reliable 4']);
    expect(room.position).toEqual(at(4, 0, 'e2'));
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

  it('of another epoch is a gap', async () => {
    const { heard, room, transport } = await inRoom();
    transport().publish(publicationOf('event-42', 3, { delivery: 'latest', epoch: 'e2' }));
    expect(heard).toEqual(['42: gap epoch-changed ?', '42: latest 3']);
    expect(room.position).toEqual(at(0, 3, 'e2'));
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
    expect(heard).toEqual(['42: gap overflow 3', '42: reliable 9']);
  });

  it('that the client is no longer in ends what it hears of it', async () => {
    const { heard, room, transport } = await inRoom();
    const error = { code: 'FORBIDDEN', message: 'Revoked.' };
    transport().receive({ type: 'room', result: { room: 'event-42', status: 'refused', error } });
    transport().publish(publicationOf('event-42', 6));
    expect(room.state).toMatchObject({ status: 'refused', error: { code: 'FORBIDDEN' } });
    expect(heard).toEqual([]);
  });

  it('that the client does not know is ignored', async () => {
    const { heard, transport, onError } = await inRoom();
    transport().publish(publicationOf('event-99', 1));
    transport().receive({ type: 'room', result: fresh(at(0), 'event-99') });
    expect(heard).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('frames that overtake the answer to a join', () => {
  async function joining() {
    const fake = createFakeClient();
    const transport = await fake.connect();
    fake.client.subscribe('event', { eventId: '42' });
    await settled();
    return { ...fake, asked: transport.lastRequest(), transport: () => transport };
  }

  it('are heard after it, and only what is new in them', async () => {
    const { heard, asked, transport } = await joining();
    transport().publish(publicationOf('event-42', 5), publicationOf('event-42', 6));
    transport().publish(publicationOf('event-42', 7));
    expect(heard).toEqual([]);
    asked.accept([fresh(at(5))]);
    transport().publish(publicationOf('event-42', 8));
    await settled();
    expect(heard).toEqual(['42: fresh', '42: reliable 6', '42: reliable 7', '42: reliable 8']);
  });

  it('are heard once, whatever news of the room comes later', async () => {
    const { heard, asked, transport } = await joining();
    transport().publish(publicationOf('event-42', 0, { delivery: 'volatile' }));
    asked.accept([fresh(at(5))]);
    await settled();
    transport().receive({ type: 'room', result: gap(at(8), 3) });
    expect(heard).toEqual(['42: fresh', '42: volatile 0', '42: gap overflow 3']);
  });

  it('are forgotten where the answer is a refusal', async () => {
    const { heard, asked, transport, client } = await joining();
    transport().publish(publicationOf('event-42', 6));
    asked.refuse(new RoomcastError('FORBIDDEN', 'Not for you.'));
    await settled();
    client.subscribe('event', { eventId: '42' });
    await settled();
    expect(heard).toEqual([]);
  });

  it('are forgotten with the connection, whose end makes them old', async () => {
    const { heard, transport, connect } = await joining();
    transport().publish(publicationOf('event-42', 6));
    transport().fail(lost);
    await vi.advanceTimersByTimeAsync(100);
    const next = await connect([fresh(at(4, 0, 'e2'))]);
    next.publish(publicationOf('event-42', 5, { epoch: 'e2' }));
    expect(heard).toEqual(['42: fresh', '42: reliable 5']);
  });

  it('are forgotten when the room is asked for again', async () => {
    const { heard, transport } = await joining();
    transport().publish(publicationOf('event-42', 6, { epoch: 'e0' }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(transport().sent(clientRequests.join)).toHaveLength(2);
    transport()
      .lastRequest()
      .accept([fresh(at(9))]);
    await settled();
    expect(heard).toEqual(['42: fresh']);
  });
});
