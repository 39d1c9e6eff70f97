/** One event of the programme. */
export interface SeedEvent {
  readonly id: string;
  /** What its resold tickets are quoted as. */
  readonly symbol: string;
  readonly title: string;
  readonly genre: string;
  readonly tagline: string;
  readonly description: string;
  readonly hue: number;
  readonly venue: { readonly id: string; readonly name: string; readonly city: string };
  readonly daysAhead: number;
  /** What the rows at the back cost; those in front cost more. */
  readonly baseCents: number;
  /** How many of each 13 seats are sold from the start. */
  readonly soldOf13: number;
  readonly comments: readonly (readonly [author: string, text: string])[];
}

const harbourHall = { id: 'harbour-hall', name: 'Harbour Hall', city: 'Hamburg' };
const kettleHouse = { id: 'kettle-house', name: 'The Kettle House', city: 'Bristol' };
const salaNorte = { id: 'sala-norte', name: 'Sala Norte', city: 'Porto' };

/** The programme, soonest first. */
export const seedEvents: readonly SeedEvent[] = [
  {
    id: 'night-ferry',
    symbol: 'FERRY',
    title: 'Mirela Voss & the Night Ferry',
    genre: 'Concert',
    tagline: 'Slow songs for the last boat home.',
    description:
      'Two cellos, a pump organ and a voice that carries to the back row without raising itself. ' +
      'The quartet plays its third album from beginning to end, then whatever the room asks for.',
    hue: 205,
    venue: harbourHall,
    daysAhead: 9,
    baseCents: 38_00,
    soldOf13: 4,
    comments: [
      ['ben', 'Saw them in the spring. Sit on the left, the organ is there.'],
      ['carla', 'Do they start on time? My train leaves at eleven.'],
    ],
  },
  {
    id: 'small-talk',
    symbol: 'TALK',
    title: 'Small Talk, Big Room',
    genre: 'Comedy',
    tagline: 'An evening with people who noticed something.',
    description:
      'Five comedians, fifteen minutes each, one rule: nothing that happened to a friend of a friend. ' +
      'The bar stays open during the show and the front row is, as ever, at its own risk.',
    hue: 32,
    venue: kettleHouse,
    daysAhead: 16,
    baseCents: 22_00,
    soldOf13: 3,
    comments: [['dev', 'Row A if you dare.']],
  },
  {
    id: 'keepers-map',
    symbol: 'KEEPER',
    title: 'The Keeper’s Map',
    genre: 'Theatre',
    tagline: 'A lighthouse, three sisters, one missing chart.',
    description:
      'Tove Arden’s new play takes place in one night and one room. Its sea is made of bedsheets, ' +
      'its storm of forty metal spoons. Ninety minutes, no interval.',
    hue: 158,
    venue: salaNorte,
    daysAhead: 23,
    baseCents: 29_00,
    soldOf13: 2,
    comments: [],
  },
  {
    id: 'silent-night',
    symbol: 'PIANO',
    title: 'Silent Film, Loud Piano',
    genre: 'Film',
    tagline: 'Three shorts from 1924, played live.',
    description:
      'A train chase, a haunted bakery and eleven minutes of a man who cannot find his hat. ' +
      'Jonas Ekdal improvises at the piano and has promised not to look at the screen in advance.',
    hue: 276,
    venue: kettleHouse,
    daysAhead: 31,
    baseCents: 18_00,
    soldOf13: 5,
    comments: [['ada', 'The bakery one is worth the ticket alone.']],
  },
  {
    id: 'glass-orchestra',
    symbol: 'GLASS',
    title: 'The Glass Orchestra',
    genre: 'Concert',
    tagline: 'Four hundred tuned bottles and a conductor with steady hands.',
    description:
      'Twelve players, one table, no second take. The programme goes from Satie to a new piece for ' +
      'breaking ice, and the audience is asked to hold its applause until the last note has stopped.',
    hue: 338,
    venue: harbourHall,
    daysAhead: 44,
    baseCents: 45_00,
    soldOf13: 6,
    comments: [],
  },
  {
    id: 'last-dance',
    symbol: 'DANCE',
    title: 'Last Dance at Sala Norte',
    genre: 'Dance',
    tagline: 'The hall closes for repairs. It wants a proper goodbye.',
    description:
      'Eight companies, eight pieces, one floor that has heard everything since 1931. Afterwards the ' +
      'seats are pushed to the walls and everybody dances.',
    hue: 8,
    venue: salaNorte,
    daysAhead: 58,
    baseCents: 25_00,
    soldOf13: 12,
    comments: [
      ['carla', 'My grandparents met on that floor.'],
      ['ben', 'Almost gone already, hurry up.'],
    ],
  },
];

/** What a ticket is resold for at first: more than the cheapest costs new, most where few are left. */
export function firstQuoteCents({ baseCents, soldOf13 }: SeedEvent): number {
  return Math.round((baseCents * (1 + soldOf13 / 40)) / 5) * 5;
}
