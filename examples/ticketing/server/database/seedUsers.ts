/** The people one can log in as. The last one can hardly afford anything, on purpose. */
export const seedUsers = [
  { id: 'ada', name: 'Ada Okafor', balanceCents: 500_00 },
  { id: 'ben', name: 'Ben Lindqvist', balanceCents: 320_00 },
  { id: 'carla', name: 'Carla Mendes', balanceCents: 250_00 },
  { id: 'dev', name: 'Dev Patel', balanceCents: 180_00 },
  { id: 'edie', name: 'Edie Novak', balanceCents: 24_00 },
] as const;

/** Holds the seats of those who subscribed for the season; nobody logs in as it. */
export const seedHouse = {
  id: 'subscribers',
  name: 'Season subscribers',
  balanceCents: 0,
} as const;
