/** What changes about the events, in this order. Times are those of the evening, in UTC. */
export const eventChanges: readonly {
  readonly eventId: string;
  readonly time?: string;
  readonly updates?: Readonly<Record<string, string>>;
}[] = [
  { eventId: 'night-ferry', time: '20:00' },
  { eventId: 'small-talk', updates: { tagline: 'People who noticed something. Now with signs.' } },
  { eventId: 'glass-orchestra', updates: { venue: 'Sala Norte' } },
  { eventId: 'silent-night', updates: { tagline: 'Four shorts from 1924: one more was found.' } },
  { eventId: 'keepers-map', time: '19:00' },
  { eventId: 'last-dance', time: '18:30' },
  {
    eventId: 'night-ferry',
    updates: { tagline: 'Slow songs for the last boat home, now with a string trio.' },
  },
  {
    eventId: 'glass-orchestra',
    updates: { tagline: 'Four hundred and twelve tuned bottles, and the same steady hands.' },
  },
];
