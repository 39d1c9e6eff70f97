/** Numbers that look random, and are the same in each run. */
function* noise(seed = 1): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    yield (state >> 16) & 0xff;
  }
}

function noisyBytes(length: number): Uint8Array {
  const source = noise();
  return Uint8Array.from({ length }, () => source.next().value);
}

/** A list such as an API answers with. */
const tickets = JSON.stringify(
  Array.from({ length: 100 }, (_, index) => ({
    ticketId: `t-${(index * 7_919) % 1_009}`,
    seat: `row ${index % 20}, seat ${index % 31}`,
    buyer: index % 3 ? 'Zoë' : '東京',
    price: (index * 37) % 250,
  })),
);

/** A few hundred bytes that every codec makes smaller, to be damaged at each place. */
export const repetitiveText: string = 'the same seat, the same row, the same price, '.repeat(8);

/** Texts of every kind that UTF-8 carries. */
export const texts: readonly string[] = [
  '',
  'a',
  'a'.repeat(5_000),
  tickets,
  repetitiveText,
  'Grüße aus 東京 🎟️👩‍👩‍👧 עברית \u0000\u0001\u001f\u007f\u2028\u2029 '.repeat(40),
  `\ufeff${'byte order mark \ufffd\ufffe\uffff \ue000 '.repeat(50)}`,
  '🎟️'.repeat(700),
  'quote " backslash \\ \r\n\t </script>'.repeat(50),
  // Its keys are names that a table made of a plain object would trip over.
  '__proto__ constructor hasOwnProperty toString '.repeat(60),
  Array.from(noisyBytes(3_000), (byte) => String.fromCharCode(byte)).join(''),
];

/** Bytes of every kind. */
export const byteSamples: readonly Uint8Array[] = [
  ...texts.map((text) => new TextEncoder().encode(text)),
  Uint8Array.of(0),
  new Uint8Array(4_000),
  new Uint8Array(4_000).fill(0xff),
  Uint8Array.from({ length: 1_024 }, (_, index) => index),
  noisyBytes(4_000),
  Uint8Array.from(noisyBytes(16_000), (byte) => byte & 1),
];
