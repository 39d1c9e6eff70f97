import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { changeEvent } from './changeEvent.ts';
import { getEvent } from './events.ts';

const eventId = 'night-ferry';
const startsAt = '2026-05-13T20:15:00.000Z';
let database: DatabaseSync;

beforeEach(() => {
  database = openDatabase(':memory:', new Date('2026-05-04T12:00:00Z'));
});

it('keeps what the event was announced with beside what it is now', () => {
  const before = getEvent(database, eventId);
  expect(before.announcedWith).toEqual({ startsAt: null, venue: null });
  changeEvent(database, eventId, { startsAt, venue: 'Sala Norte' });
  expect(getEvent(database, eventId)).toMatchObject({
    startsAt,
    venue: { name: 'Sala Norte', city: 'Porto' },
    announcedWith: { startsAt: before.startsAt, venue: before.venue },
  });
});

it('keeps the first announcement over several changes', () => {
  const before = getEvent(database, eventId);
  changeEvent(database, eventId, { startsAt });
  changeEvent(database, eventId, { startsAt: '2026-05-13T21:00:00.000Z' });
  expect(getEvent(database, eventId).announcedWith.startsAt).toBe(before.startsAt);
});

it('has not changed once it is back to what was announced', () => {
  const before = getEvent(database, eventId);
  changeEvent(database, eventId, { startsAt, venue: 'Sala Norte' });
  changeEvent(database, eventId, { startsAt: before.startsAt, venue: before.venue.name });
  expect(getEvent(database, eventId)).toEqual(before);
});
