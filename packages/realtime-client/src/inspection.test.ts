import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from './fakes/createFakeClient.ts';
import { publicationOf } from './fakes/publicationOf.ts';
import type { Notice } from './inspection.ts';

vi.mock('./socket-io/openTransport.ts', () => import('./fakes/openTransport.ts'));

const room = 'event-42';
const position = { epoch: 'e1', offset: 7, revision: 0 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A client in one room at offset 7, and the counters of what it is told to have delivered. */
async function openStage() {
  const fake = createFakeClient();
  fake.client.subscribe('event', { eventId: '42' });
  const transport = await fake.connect([{ room, status: 'fresh', position }]);
  fake.heard.length = 0;
  const delivered: unknown[] = [];
  const stop = fake.client.ports.inspection.notices.add((notice: Notice) => {
    // Each is told before its handlers are called.
    if (notice.type === 'delivered') delivered.push([notice.publication.counter, ...fake.heard]);
  });
  return { ...fake, transport, delivered, stop };
}

describe('the inspection of a client', () => {
  it('tells which publications are handed on, each before its handlers, and no others', async () => {
    const { transport, delivered, stop } = await openStage();
    transport.publish(publicationOf(room, 7), publicationOf(room, 8), publicationOf(room, 9));
    expect(delivered).toEqual([[8], [9, '42: reliable 8']]);
    stop();
    transport.publish(publicationOf(room, 10));
    expect(delivered).toHaveLength(2);
  });

  it('reports what an onlooker throws, and delivers all the same', async () => {
    const { client, transport, heard, onError } = await openStage();
    const thrown = new Error('thrown');
    client.ports.inspection.notices.add(() => {
      throw thrown;
    });
    transport.publish(publicationOf(room, 8));
    expect(onError).toHaveBeenCalledWith(thrown, 'inspection');
    expect(heard).toEqual(['42: reliable 8']);
  });

  it('shows the rooms with their uses, states and positions of now', async () => {
    const { client, transport } = await openStage();
    const second = client.subscribe('event', { eventId: '42' });
    const look = () =>
      Array.from(
        client.ports.inspection.rooms.all,
        ({ room: { name, state, position }, ...entry }) => [
          ...[name, state.status, position?.offset],
          ...[entry.uses, entry.isAutomatic],
        ],
      );
    transport.publish(publicationOf(room, 8));
    expect(look()).toEqual([[room, 'joined', 8, 2, false]]);
    second.release();
    expect(look()).toEqual([[room, 'joined', 8, 1, false]]);
  });
});
