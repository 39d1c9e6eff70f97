import { type Activity, activityId, type EventTickets, maxActivity } from '../../shared/ticket.ts';
import type { User } from '../../shared/user.ts';

/** A ticket that changed hands. */
interface Handover {
  readonly ticketId: string;
  readonly ownerId: string;
  readonly at: string;
}

/** What of an activity does not depend on its kind. */
type Told = Pick<Activity, 'id' | 'seat' | 'at'>;

/** The seats after a purchase. What is in them already, or newer there, stays. */
export function sellSeat(
  seats: EventTickets,
  sale: { ticketId: string; buyer: string; price: number; timestamp: string },
): EventTickets {
  const { ticketId, buyer, price, timestamp: at } = sale;
  const tell = (told: Told): Activity => {
    return { ...told, kind: 'purchase', buyer: userOf(seats, buyer), price };
  };
  return changeSeat(seats, { ticketId, ownerId: buyer, at }, tell);
}

/** The seats after a transfer. What is in them already, or newer there, stays. */
export function giveSeat(
  seats: EventTickets,
  gift: { ticketId: string; from: string; to: string; timestamp: string },
): EventTickets {
  const { ticketId, from, to, timestamp: at } = gift;
  const tell = (told: Told): Activity => {
    return { ...told, kind: 'transfer', from: userOf(seats, from), to: userOf(seats, to) };
  };
  return changeSeat(seats, { ticketId, ownerId: to, at }, tell);
}

function changeSeat(
  seats: EventTickets,
  { ticketId, ownerId, at }: Handover,
  tell: (told: Told) => Activity,
): EventTickets {
  const ticket = seats.tickets.find((one) => one.id === ticketId);
  const id = activityId(ticketId, ownerId, at);
  if (!ticket || seats.activity.some((told) => told.id === id)) return seats;
  const owner = userOf(seats, ownerId);
  const isNewest = at >= (ticket.changedAt ?? '');
  return {
    ...seats,
    tickets: isNewest
      ? seats.tickets.map((one) => (one === ticket ? { ...one, owner, changedAt: at } : one))
      : seats.tickets,
    activity: [tell({ id, at, seat: ticket.seat }), ...seats.activity]
      .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
      .slice(0, maxActivity),
  };
}

function userOf({ people }: EventTickets, id: string): User {
  return people.find((person) => person.id === id) ?? { id, name: id };
}
