import { createRandom } from './random.ts';

type Random = ReturnType<typeof createRandom>;

const listBytes = 10_000;
const states = ['free', 'held', 'sold', 'returned'];

/** Lists of 10 kB that have nothing in common but their form. */
export function unrelatedLists(count: number): readonly object[][] {
  const random = createRandom(5);
  return Array.from({ length: count }, () => randomTickets(random));
}

/** The states of one list of 10 kB, of which one ticket changes at a time. */
export function listStates(count: number): readonly object[][] {
  const random = createRandom(7);
  const tickets = randomTickets(random);
  return Array.from({ length: count }, () => {
    tickets[random(tickets.length)] = randomTicket(random);
    return [...tickets];
  });
}

function randomTickets(random: Random): object[] {
  const tickets: object[] = [];
  for (let length = 0; length < listBytes; ) {
    const ticket = randomTicket(random);
    tickets.push(ticket);
    length += JSON.stringify(ticket).length + 1;
  }
  return tickets;
}

function randomTicket(random: Random): object {
  return {
    ticketId: `ticket-${random(2 ** 31).toString(36)}`,
    seat: `${String.fromCharCode(65 + random(26))}${random(60)}`,
    owner: `user-${random(5_000)}`,
    price: random(25_000) / 100,
    state: states[random(states.length)],
    updatedAt: new Date(1_790_000_000_000 + random(2 ** 31)).toISOString(),
  };
}
