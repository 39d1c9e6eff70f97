import { openDatabase } from '../server/database/openDatabase.ts';
import { createRandom } from './createRandom.ts';
import { createStory } from './createStory.ts';
import { happenings } from './happenings.ts';
import type { RecordedDelivery } from './recordedDelivery.ts';
import { scheduleDay } from './scheduleDay.ts';

const seed = 1931;
const recordedOn = new Date('2026-05-04T12:00:00Z');

/**
 * Makes the recorded day by living it: everything is done to a newly seeded shop first, so that each
 * delivery is true at its moment. The result is always the same.
 */
export function generateDay(): readonly RecordedDelivery[] {
  using database = openDatabase(':memory:', recordedOn);
  const random = createRandom(seed);
  const story = createStory(database, random);
  for (const { atMs, happening } of scheduleDay(random)) {
    story.moveTo(atMs);
    happenings[happening](story);
  }
  return story.deliveries;
}
