import type { DatabaseSync } from 'node:sqlite';
import * as v from 'valibot';
import { selectOne } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { getEvent } from './events.ts';
import { MarketplaceError } from './marketplaceError.ts';

/** What can change about an event. A venue goes by its name. */
const eventChange = v.strictObject({
  startsAt: v.optional(v.pipe(v.string(), v.isoTimestamp())),
  venue: v.optional(v.string()),
  tagline: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
});

/** An event that has changed. */
export interface ChangedEvent {
  readonly eventId: string;
  readonly updates: Readonly<Record<string, string>>;
}

/**
 * Changes an event. Date and place that it was announced with are kept beside the new ones.
 *
 * @throws MarketplaceError `EVENT_NOT_FOUND`, `VENUE_NOT_FOUND`, `INVALID_EVENT_CHANGE`
 */
export function changeEvent(
  database: DatabaseSync,
  eventId: string,
  updates: Readonly<Record<string, unknown>>,
): ChangedEvent {
  const parsed = v.safeParse(eventChange, updates);
  if (!parsed.success || Object.keys(parsed.output).length === 0) {
    throw new MarketplaceError(
      'INVALID_EVENT_CHANGE',
      'Of an event, startsAt, venue and tagline can change.',
    );
  }
  const { startsAt, venue, tagline } = parsed.output;
  return transaction(database, () => {
    getEvent(database, eventId);
    if (startsAt !== undefined) move(database, eventId, 'starts_at', toUtc(startsAt));
    if (venue !== undefined) move(database, eventId, 'venue_id', venueId(database, venue));
    if (tagline !== undefined) {
      database
        .prepare('UPDATE events SET tagline = :tagline WHERE id = :eventId')
        .run({ eventId, tagline });
    }
    const given = Object.entries({ startsAt, venue, tagline });
    const changes = given.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { eventId, updates: Object.fromEntries(changes) };
  });
}

/** What moves back to where it was first has not moved. */
function move(
  database: DatabaseSync,
  eventId: string,
  column: 'starts_at' | 'venue_id',
  value: string,
): void {
  const first = `coalesce(first_${column}, ${column})`;
  database
    .prepare(
      `UPDATE events SET first_${column} = nullif(${first}, :value), ${column} = :value
       WHERE id = :eventId`,
    )
    .run({ eventId, value });
}

function toUtc(timestamp: string): string {
  return new Date(timestamp).toISOString();
}

function venueId(database: DatabaseSync, name: string): string {
  const sql = 'SELECT id FROM venues WHERE name = :name';
  const venue = selectOne<{ id: string }>(database, sql, { name });
  if (!venue) throw new MarketplaceError('VENUE_NOT_FOUND', 'There is no venue of this name.');
  return venue.id;
}
