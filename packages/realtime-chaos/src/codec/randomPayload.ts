import type { SeededRandom } from '../random/seededRandom.ts';

/** What is easily harmed on its way: escapes, every width of UTF-8, halves of pairs, ends of lines. */
const pieces: readonly string[] = [
  ...['a', 'Ticket ', '"', '\\', '/', '\u0000', '\u001f', '\u007f', '\r\n', '\t', ' ', '</script>'],
  ...['é', 'ß', '東京', '🎟️', '👩‍👩‍👧', 'עברית', '\u2028', '\u2029', '\ufeff', '\ufffd', '\uffff'],
  ...['\ud83c', '\udf9f', '\u001e', '4P[', '2["', '42', 'RCE1', '==', '[', '}', 'e\u0301'],
];

const numbers: readonly number[] = [
  ...[0, -1, 0.1, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 2 ** 53],
];

const keys: readonly string[] = ['', 'id', '0', 'constructor', 'toString', 'é', '🎟️', 'type', 'nsp'];

const maxDepth = 4;

/** Any JSON; a third of it is long enough to be compressed. */
export function randomPayload(random: SeededRandom): unknown {
  if (!random.chance(1 / 3)) return randomValue(random, 0);
  return [randomValue(random, 0), longValue(random, random.integer(1_000, 12_000))];
}

/** A text or a list of so many characters of JSON, about. */
export function longValue(random: SeededRandom, characters: number): unknown {
  switch (random.integer(0, 3)) {
    case 0:
      return randomText(random, characters);
    case 1:
      return randomText(random, 40)
        .repeat(Math.ceil(characters / 40))
        .slice(0, characters);
    case 2:
      // Few letters without a pattern: nothing costs deflate more.
      return Array.from({ length: Math.ceil(characters) }, () =>
        random.chance(0.5) ? 'a' : 'b',
      ).join('');
    default:
      return randomSeats(random, Math.ceil(characters / 60));
  }
}

/** A list such as an API answers with. */
export function randomSeats(random: SeededRandom, length: number): unknown[] {
  return Array.from({ length }, (_, seat) => ({
    ...{ seat, row: random.integer(1, 40), state: random.chance(0.5) ? 'free' : 'sold' },
    price: random.integer(0, 25_000) / 100,
  }));
}

function randomValue(random: SeededRandom, depth: number): unknown {
  const kind = random.integer(depth < maxDepth ? 0 : 2, 7);
  if (kind === 0) return many(random, () => randomValue(random, depth + 1));
  if (kind === 1) {
    return Object.fromEntries(
      many(random, () => [pick(random, keys), randomValue(random, depth + 1)] as const),
    );
  }
  if (kind === 2) return pick(random, [null, true, false, [], {}, '']);
  if (kind === 3) return pick(random, numbers);
  if (kind === 4) return random.integer(-(2 ** 31), 2 ** 31 - 1) / random.integer(1, 1_000);
  return randomText(random, random.integer(0, 60));
}

function randomText(random: SeededRandom, characters: number): string {
  let text = '';
  while (text.length < characters) {
    text += random.chance(0.5)
      ? pick(random, pieces)
      : String.fromCharCode(random.integer(32, random.chance(0.8) ? 126 : 0xffff));
  }
  return text.slice(0, characters);
}

function many<Value>(random: SeededRandom, make: () => Value): Value[] {
  return Array.from({ length: random.integer(0, 4) }, make);
}

function pick<Value>(random: SeededRandom, values: readonly Value[]): Value {
  return values[random.integer(0, values.length - 1)] as Value;
}
