/** Numbers that look random, and are the same in each run. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const names = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Zoë', '東京', 'Linus', 'Margaret'];

/** One of many that are alike and not the same. */
export function randomTicket(random: (below: number) => number): object {
  return {
    ticketId: `t-${random(2 ** 31).toString(36)}`,
    seat: { section: `S${random(12)}`, row: random(40), number: random(60) },
    owner: names[random(names.length)],
    price: random(25_000) / 100,
    updatedAt: new Date(1_750_000_000_000 + random(10_000_000_000)).toISOString(),
  };
}

/** The tickets of an event, of about so many bytes. */
export function randomTickets(bytes: number, random: (below: number) => number): object[] {
  const tickets: object[] = [];
  let length = 60;
  while (length < bytes) {
    const ticket = randomTicket(random);
    tickets.push(ticket);
    length += Buffer.byteLength(JSON.stringify(ticket)) + 1;
  }
  return tickets;
}

/** The state of an event as a marketplace sends it: a list of tickets, of about so many bytes. */
export function ticketList(bytes: number): string {
  const tickets = randomTickets(bytes, createRandom(bytes));
  return JSON.stringify({ event: 'event-updated', eventId: '42', updates: { tickets } });
}
