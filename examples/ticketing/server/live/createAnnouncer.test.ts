import type { PublicationInput } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import type { Outcome } from '../shop/outcome.ts';
import { createAnnouncer } from './createAnnouncer.ts';

const position = { epoch: 'e', offset: 1, revision: 0 };
const ada = { id: 'ada', name: 'Ada Okafor' };
const ben = { id: 'ben', name: 'Ben Lindqvist' };
const at = '2026-05-04T12:00:00.000Z';
const ticket = {
  ...{ ticketId: 'night-ferry-C7', eventId: 'night-ferry', eventTitle: 'Night Ferry', seat: 'C7' },
};

function notification(userId: string, title: string) {
  const type = 'success' as const;
  return { id: 7, userId, type, title, message: 'Night Ferry', at, isRead: false };
}

const sale: Outcome = {
  kind: 'sale',
  purchase: { ...ticket, price: 47.5, buyer: ada, at, balance: 452.5 },
  notification: notification('ada', 'Seat C7 is yours'),
};
const gift: Outcome = {
  kind: 'gift',
  transfer: { ...ticket, from: ada, to: ben, at },
  notification: notification('ben', 'Ada Okafor gave you a ticket'),
};

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
  await createAnnouncer({ publish })(sale);
  expect(published).toMatchObject([
    {
      room: 'event-night-ferry',
      event: 'ticket-purchased',
      payload: { ticketId: 'night-ferry-C7', buyer: 'ada', price: 47.5, seat: 'C7', timestamp: at },
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
  await createAnnouncer({ publish })(gift);
  expect(published).toMatchObject([
    {
      room: 'event-night-ferry',
      event: 'ticket-transferred',
      payload: { ticketId: 'night-ferry-C7', from: 'ada', to: 'ben', seat: 'C7', timestamp: at },
    },
    {
      room: 'user-ben',
      event: 'notification',
      payload: { title: 'Ada Okafor gave you a ticket' },
    },
  ]);
});

it('fails with what could not be published, and still tells the others', async () => {
  const { published, publish } = record();
  const refusal = new Error('The log is full.');
  publish.mockRejectedValueOnce(refusal);
  await expect(createAnnouncer({ publish })(sale)).rejects.toBe(refusal);
  expect(published.map(({ event }) => event)).toEqual(['balance-updated', 'notification']);
});

it('fails no sooner than all have been tried, so that a retry meets none of them', async () => {
  const { publish } = record();
  let succeed = () => {};
  publish.mockRejectedValueOnce(new Error('The log is full.'));
  publish.mockImplementationOnce(
    () => new Promise((resolve) => (succeed = () => resolve({ position }))),
  );
  const onFailure = vi.fn();
  const announced = createAnnouncer({ publish })(sale).catch(onFailure);
  await new Promise(setImmediate);
  expect(onFailure).not.toHaveBeenCalled();
  succeed();
  await announced;
  expect(onFailure).toHaveBeenCalledOnce();
});

it('gives what goes to one room keys of their own, the same ones each time', async () => {
  const { published, publish } = record();
  await createAnnouncer({ publish })(sale, 'delivery-1');
  const keys = published.map(({ room, idempotencyKey }) => `${room} ${idempotencyKey}`);
  expect(new Set(keys).size).toBe(3);
  for (const key of keys) expect(key).toContain('delivery-1');
  await createAnnouncer({ publish })(sale, 'delivery-1');
  expect(published.slice(3).map(({ room, idempotencyKey }) => `${room} ${idempotencyKey}`)).toEqual(
    keys,
  );
});

it.each<[string, string, Outcome]>([
  ['event-night-ferry', 'new-message', comment()],
  ['event-night-ferry', 'event-updated', eventChange()],
  ['user-ben', 'notification', { kind: 'notification', notification: notification('ben', 'Hi') }],
  ['user-ben', 'balance-updated', { kind: 'balance', userId: 'ben', balance: 12 }],
  ['global', 'system-announcement', announcement()],
  ['global', 'market-update', quote()],
])('tells %s of a %s', async (room, event, outcome) => {
  const { published, publish } = record();
  await expect(createAnnouncer({ publish })(outcome)).resolves.toEqual({ position });
  expect(published).toMatchObject([{ room, event }]);
});

function comment(): Outcome {
  return {
    kind: 'comment',
    eventId: 'night-ferry',
    message: { id: '3', author: ada, text: 'Hi', at },
  };
}

function eventChange(): Outcome {
  return { kind: 'event-change', event: { eventId: 'night-ferry', updates: { tagline: 'New' } } };
}

function announcement(): Outcome {
  const text = { title: 'Pause', message: 'Ten minutes.', severity: 'info' } as const;
  return { kind: 'announcement', announcement: { id: 1, at, ...text } };
}

function quote(): Outcome {
  const event = { id: 'night-ferry', title: 'Night Ferry' };
  return { kind: 'quote', quote: { symbol: 'FERRY', event, price: 40, change: -1, at } };
}
