import type { DatabaseSync } from 'node:sqlite';

/** One seat as the database has it. */
export interface StoredSeat {
  readonly seat: string;
  readonly ticketId: string;
  readonly ownerId: string | null;
}

/** The id of the event that is on first. */
export function firstEventId(database: DatabaseSync): string {
  const row = database.prepare('SELECT id FROM events ORDER BY starts_at LIMIT 1').get();
  return String(row?.id);
}

/** All seats of an event, the cheapest last. */
export function seatsOf(database: DatabaseSync, eventId: string): StoredSeat[] {
  const rows = database
    .prepare(
      `SELECT row || number AS seat, id AS ticketId, owner_id AS ownerId
       FROM tickets WHERE event_id = ? ORDER BY row, number`,
    )
    .all(eventId);
  return rows as unknown as StoredSeat[];
}

/** What a person's seat map must show. */
export function expectedStates(
  seats: readonly StoredSeat[],
  personId: string | null,
): Record<string, string> {
  const stateOf = ({ ownerId }: StoredSeat) => {
    if (ownerId === null) return 'free';
    return ownerId === personId ? 'mine' : 'sold';
  };
  return Object.fromEntries(seats.map((seat) => [seat.seat, stateOf(seat)]));
}
