import { expect, it } from 'vitest';
import { type EventTickets, maxActivity } from '../../shared/ticket.ts';
import { giveSeat, sellSeat } from './changeSeat.ts';

const ada = { id: 'ada', name: 'Ada Okafor' };
const ben = { id: 'ben', name: 'Ben Lindqvist' };
const [first, second, third] = ['10', '11', '12'].map((hour) => `2026-05-04T${hour}:00:00.000Z`);

const free: EventTickets = {
  tickets: ['A1', 'A2'].map((seat, index) => ({
    ...{ id: `ferry-${seat}`, row: 'A', number: index + 1, seat, price: 64 },
    ...{ owner: null, changedAt: null },
  })),
  activity: [],
  people: [ada, ben],
};
const sale = { ticketId: 'ferry-A1', buyer: 'ada', price: 64, timestamp: first ?? '' };
const gift = { ticketId: 'ferry-A1', from: 'ada', to: 'ben', timestamp: second ?? '' };
const owners = ({ tickets }: EventTickets) => tickets.map(({ owner }) => owner?.name ?? null);
const told = ({ activity }: EventTickets) => activity.map(({ kind }) => kind);

it('a purchase gives the seat its owner, and is the newest that happened', () => {
  const seats = sellSeat(free, sale);
  expect(owners(seats)).toEqual(['Ada Okafor', null]);
  expect(seats.activity).toMatchObject([{ kind: 'purchase', seat: 'A1', buyer: ada, at: first }]);
});

it('a transfer gives the seat to the receiver', () => {
  const seats = giveSeat(sellSeat(free, sale), gift);
  expect(owners(seats)).toEqual(['Ben Lindqvist', null]);
  expect(seats.activity[0]).toMatchObject({ kind: 'transfer', from: ada, to: ben });
  expect(told(seats)).toEqual(['transfer', 'purchase']);
});

it('what is in the seats already changes nothing', () => {
  const seats = giveSeat(sellSeat(free, sale), gift);
  expect(sellSeat(seats, sale)).toBe(seats);
  expect(giveSeat(seats, gift)).toBe(seats);
});

it('what is told late does not bring an older owner back', () => {
  const seats = sellSeat(giveSeat(free, gift), sale);
  expect(owners(seats)).toEqual(['Ben Lindqvist', null]);
  expect(told(seats)).toEqual(['transfer', 'purchase']);
});

it('two handovers in one millisecond both count, in the order in which they are told', () => {
  const at = third ?? '';
  const there = giveSeat(free, { ...gift, timestamp: at });
  const back = giveSeat(there, { ...gift, from: 'ben', to: 'ada', timestamp: at });
  expect(owners(back)).toEqual(['Ada Okafor', null]);
});

it('a seat of another hall changes nothing, and a stranger goes by the id', () => {
  expect(sellSeat(free, { ...sale, ticketId: 'opera-A1' })).toBe(free);
  expect(owners(sellSeat(free, { ...sale, buyer: 'zoe' }))).toEqual(['zoe', null]);
});

it('keeps as much of what happened as the server tells', () => {
  let seats = free;
  for (let index = 0; index < 40; index += 1) {
    const timestamp = new Date(Date.parse(first ?? '') + index).toISOString();
    seats = giveSeat(seats, { ...gift, timestamp });
  }
  expect(seats.activity).toHaveLength(maxActivity);
});
