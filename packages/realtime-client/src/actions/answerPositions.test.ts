import { RoomcastError, type RoomPosition } from '@roomcast/realtime-contract';
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

const start = { epoch: 'e1', offset: 0, revision: 0 };

/** A client in one room that has called an action, and everything in the order in which it came. */
async function call(...positions: readonly RoomPosition[]) {
  const { client, connect, heard } = createFakeClient();
  const room = client.subscribe('event', { eventId: '42' });
  const transport = await connect([{ room: 'event-42', status: 'fresh', position: start }]);
  void client.call('send-message', { eventId: '42', message: 'Hello' }).then(
    () => heard.push('done'),
    () => heard.push('failed'),
  );
  const answer = async () => {
    transport.lastRequest().answer({ ok: true, value: null, positions });
    await vi.advanceTimersByTimeAsync(0);
  };
  const news = () => heard.slice(1);
  return { client, room, transport, answer, news };
}

const at = (parts: object = {}, room = 'event-42') => ({
  room,
  position: { ...start, offset: 1, ...parts },
});

describe('a call', () => {
  it('is done when the handlers have heard what it published', async () => {
    const { client, transport, answer, news } = await call(at({ revision: 1 }));
    await answer();
    expect(news()).toEqual([]);
    transport.publish(publicationOf('event-42', 1));
    await vi.advanceTimersByTimeAsync(0);
    expect(news()).toEqual(['42: reliable 1']);
    transport.publish(publicationOf('event-42', 1, { delivery: 'latest' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(news()).toEqual(['42: reliable 1', '42: latest 1', 'done']);
    await client.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is done at once where all of that was heard before the answer', async () => {
    const { transport, answer, news } = await call(at());
    transport.publish(publicationOf('event-42', 1));
    await answer();
    expect(news()).toEqual(['42: reliable 1', 'done']);
  });

  it.each([
    ['a room that the client is not in', at({}, 'event-43')],
    ['a log that began anew', at({ epoch: 'e2' })],
  ])('does not wait for %s', async (_, position) => {
    const { answer, news } = await call(position);
    await answer();
    expect(news()).toEqual(['done']);
  });

  it('waits for a second at the most', async () => {
    const { answer, news } = await call(at());
    await answer();
    await vi.advanceTimersByTimeAsync(999);
    expect(news()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(news()).toEqual(['done']);
  });

  it('does not wait beyond the end of the connection', async () => {
    const { transport, answer, news } = await call(at());
    await answer();
    transport.fail(new RoomcastError('CONNECTION_LOST', 'The connection ended.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(news()).toEqual(['done']);
  });
});
