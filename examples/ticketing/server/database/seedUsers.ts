/** The people one can log in as. The last one can hardly afford anything, on purpose. */
export const seedUsers = [
  { id: 'ada', name: 'Ada Okafor', balanceCents: 500_00 },
  { id: 'ben', name: 'Ben Lindqvist', balanceCents: 320_00 },
  { id: 'carla', name: 'Carla Mendes', balanceCents: 250_00 },
  { id: 'dev', name: 'Dev Patel', balanceCents: 180_00 },
  { id: 'edie', name: 'Edie Novak', balanceCents: 24_00 },
] as const;

/** Customers of the recorded day: they buy, give and comment, and nobody logs in as them. */
export const seedRegulars = [
  { id: 'farid', name: 'Farid Haddad', balanceCents: 620_00 },
  { id: 'greta', name: 'Greta Olsen', balanceCents: 540_00 },
  { id: 'hugo', name: 'Hugo Marchetti', balanceCents: 480_00 },
  { id: 'imani', name: 'Imani Wright', balanceCents: 710_00 },
  { id: 'jun', name: 'Jun Watanabe', balanceCents: 390_00 },
  { id: 'kasia', name: 'Kasia Nowicka', balanceCents: 455_00 },
  { id: 'leo', name: 'Leo Ferreira', balanceCents: 520_00 },
  { id: 'maeve', name: 'Maeve Brennan', balanceCents: 605_00 },
] as const;

/** Holds the seats of those who subscribed for the season; nobody logs in as it. */
export const seedHouse = {
  id: 'subscribers',
  name: 'Season subscribers',
  balanceCents: 0,
} as const;
