import { clientRequests, RoomcastError } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeClient } from '../fakes/createFakeClient.ts';

vi.mock('../socket-io/openTransport.ts', () => import('../fakes/openTransport.ts'));

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

const since = { epoch: 'e1', offset: 17, revision: 0 };
const next = { ...since, offset: 18 };
const position = { ...since, offset: 21, revision: 4 };

async function reading(options: { readonly limit?: number; readonly signal?: AbortSignal } = {}) {
  const fake = createFakeClient();
  const transport = await fake.connect();
  const answer = fake.client.history(['event', { eventId: '42' }], { since, ...options });
  return { ...fake, answer, transport: () => transport };
}

describe('history', () => {
  it('is read without joining the room, and its publications say where they stand', async () => {
    const { answer, transport } = await reading();
    const { requests } = transport();
    expect(requests.map(({ name, args }) => [name, ...args])).toEqual([
      [clientRequests.history, { room: 'event-42', since }],
    ]);
    const publications = [
      ['ticket-purchased', 0, 18, 1_000, { ticketId: 't-7' }],
      ['market-update', 1, 4, 2_000, null, { key: 'A', removed: true }],
    ];
    requests[0]?.accept({ status: 'continued', epoch: 'e1', publications, next, position });
    await expect(answer).resolves.toEqual({
      ...{ status: 'continued', next, position },
      publications: [
        {
          ...{ event: 'ticket-purchased', payload: { ticketId: 't-7' }, delivery: 'reliable' },
          ...{ epoch: 'e1', counter: 18, publishedAtMs: 1_000 },
        },
        {
          ...{ event: 'market-update', payload: null, delivery: 'latest', key: 'A', removed: true },
          ...{ epoch: 'e1', counter: 4, publishedAtMs: 2_000 },
        },
      ],
    });
  });

  it('says why there is none', async () => {
    const { answer, transport } = await reading({ limit: 5 });
    expect(transport().lastRequest().args).toEqual([{ room: 'event-42', since, limit: 5 }]);
    const gap = { status: 'gap', reason: 'expired', missed: 4, position };
    transport().lastRequest().accept(gap);
    await expect(answer).resolves.toEqual(gap);
  });

  it.each([null, {}, { status: 'continued', epoch: 'e1', publications: [[]], next, position }])(
    'rejects an answer that is none: %j',
    async (value) => {
      const { answer, transport } = await reading();
      transport().lastRequest().accept(value);
      await expect(answer).rejects.toMatchObject({ code: 'INVALID_FRAME' });
    },
  );

  it('rejects with the refusal, the end of the connection or the reason of the signal', async () => {
    const refused = await reading();
    refused.transport().lastRequest().refuse(new RoomcastError('FORBIDDEN', 'No.'));
    await expect(refused.answer).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const lost = await reading();
    lost.client.disconnect();
    await expect(lost.answer).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    const abort = new AbortController();
    const aborted = await reading({ signal: abort.signal });
    abort.abort(new Error('page closed'));
    await expect(aborted.answer).rejects.toThrow('page closed');
  });

  it('rejects a bad id, and a client without a connection or closed for good', async () => {
    const { client } = createFakeClient();
    await expect(client.history(['event', { eventId: '' }], { since })).rejects.toMatchObject({
      code: 'INVALID_ROOM',
    });
    await expect(client.history(['global'], { since })).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
    });
    await client.close();
    await expect(client.history(['global'], { since })).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
