import type { Publication } from '@roomcast/realtime-contract';
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

/** The newest publication of a `latest` event: a value, or that the value is gone. */
function latest(revision: number, parts: Partial<Publication> = {}): Publication {
  return { ...publicationOf('event-42', revision, { delivery: 'latest' }), ...parts };
}

async function inRoom() {
  const fake = createFakeClient();
  const room = fake.client.subscribe('event', { eventId: '42' });
  const position = { epoch: 'e1', offset: 0, revision: 0 };
  const transport = await fake.connect([{ room: 'event-42', status: 'fresh', position }]);
  fake.heard.length = 0;
  return { ...fake, room, transport: () => transport };
}

describe('a latest value that is gone', () => {
  it('is told with its key to those who ask for it, and to no handler of the event', async () => {
    const { client, transport, heard } = await inRoom();
    const [onRemoved, onOther] = [vi.fn(), vi.fn()];
    client.onRemoved('market-update', onRemoved);
    client.onRemoved('heartbeat', onOther);
    transport().publish(latest(1), latest(2, { payload: null, removed: true, key: 'A' }));
    expect(heard).toEqual(['42: latest 1']);
    expect(onRemoved.mock.calls).toEqual([
      [
        'A',
        {
          ...{ room: 'event-42', kind: 'event', params: { eventId: '42' } },
          ...{ delivery: 'latest', counter: 2, publishedAtMs: 1_000 },
        },
      ],
    ]);
    expect(onOther).not.toHaveBeenCalled();
  });

  it('has no key where its event has a single value', async () => {
    const { client, transport } = await inRoom();
    const onRemoved = vi.fn();
    client.onRemoved('market-update', onRemoved);
    transport().publish(latest(1, { payload: null, removed: true }));
    expect(onRemoved.mock.calls[0]?.[0]).toBeUndefined();
  });

  it('is told once and in order, as every latest publication', async () => {
    const { client, transport, room } = await inRoom();
    const onRemoved = vi.fn();
    const stop = client.onRemoved('market-update', onRemoved);
    const gone = latest(2, { payload: null, removed: true });
    transport().publish(gone);
    transport().publish(gone);
    expect(onRemoved).toHaveBeenCalledOnce();
    expect(room.position).toMatchObject({ revision: 2 });
    stop();
    stop();
    transport().publish(latest(3, { payload: null, removed: true }));
    expect(onRemoved).toHaveBeenCalledOnce();
  });

  it('connects a client that somebody asks, and none that is closed', async () => {
    const { client } = createFakeClient();
    await client.close();
    expect(() => client.onRemoved('market-update', () => {})).toThrow(
      expect.objectContaining({ code: 'CLOSED' }),
    );
  });
});

describe('the publications of one room', () => {
  it('are heard with their place in the log, whatever their event', async () => {
    const { client, room, transport } = await inRoom();
    const heard: unknown[] = [];
    const stop = room.onPublication((publication) => heard.push(publication));
    client.subscribe('event', { eventId: '43' }).onPublication((other) => heard.push(other));
    transport().publish(
      ...([publicationOf('event-42', 1), publicationOf('event-42', 1)] as const),
      ...[latest(4, { payload: null, removed: true, key: 'A', causedBy: 'call-1' })],
    );
    const place = { epoch: 'e1', publishedAtMs: 1_000 };
    expect(heard).toEqual([
      { ...place, event: 'ticket-purchased', payload: 1, delivery: 'reliable', counter: 1 },
      {
        ...{ ...place, event: 'market-update', payload: null, delivery: 'latest', counter: 4 },
        ...{ removed: true, key: 'A', causedBy: 'call-1' },
      },
    ]);
    stop();
    transport().publish(publicationOf('event-42', 2));
    expect(heard).toHaveLength(2);
  });
});
