import type { PublicationInput } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import { createAnnouncer } from './createAnnouncer.ts';

const position = { epoch: 'e', offset: 1, revision: 0 };
const ada = { id: 'ada', name: 'Ada Okafor' };
const ben = { id: 'ben', name: 'Ben Lindqvist' };
const sale = {
  ...{ ticketId: 'night-ferry-C7', eventId: 'night-ferry', eventTitle: 'Night Ferry', seat: 'C7' },
  ...{ price: 47.5, buyer: ada, balance: 452.5 },
};
const gift = {
  ...{ ticketId: 'night-ferry-C7', eventId: 'night-ferry', eventTitle: 'Night Ferry', seat: 'C7' },
  ...{ from: ada, to: ben },
};

function fail(error: unknown): never {
  throw error;
}

function record() {
  const published: PublicationInput[] = [];
  const publish = vi.fn(async (input: PublicationInput) => {
    published.push(input);
    return { position };
  });
  return { published, publish };
}

it('tells the event of a purchase, and the buyer what it leaves', async () => {
  const { published, publish } = record();
  await createAnnouncer({ publish }, fail).purchased(sale);
  expect(published).toMatchObject([
    {
      room: 'event-night-ferry',
      event: 'ticket-purchased',
      payload: { ticketId: 'night-ferry-C7', buyer: 'ada', price: 47.5, seat: 'C7' },
    },
    {
      room: 'user-ada',
      event: 'balance-updated',
      payload: { balance: 452.5, currency: 'EUR' },
    },
    { room: 'user-ada', event: 'notification', payload: { title: 'Seat C7 is yours' } },
  ]);
});

it('tells the event of a transfer, and the receiver from whom it is', async () => {
  const { published, publish } = record();
  await createAnnouncer({ publish }, fail).transferred(gift);
  expect(published).toMatchObject([
    {
      room: 'event-night-ferry',
      event: 'ticket-transferred',
      payload: { ticketId: 'night-ferry-C7', from: 'ada', to: 'ben', seat: 'C7' },
    },
    {
      room: 'user-ben',
      event: 'notification',
      payload: { title: 'Ada Okafor gave you a ticket' },
    },
  ]);
});

it('reports what could not be published and still tells the others', async () => {
  const { published, publish } = record();
  const refusal = new Error('The log is full.');
  publish.mockRejectedValueOnce(refusal);
  const onError = vi.fn();
  await createAnnouncer({ publish }, onError).purchased(sale);
  expect(onError.mock.calls).toEqual([[refusal]]);
  expect(published.map(({ event }) => event)).toEqual(['balance-updated', 'notification']);
});
