import { ackId, casesOf, type Reaction, type WireCase } from '../wireCase.ts';

const sound = { seat: 'A1', count: 1 };
const json = (value: unknown) => JSON.stringify(value);
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const deepObject = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const manyFields = json(
  Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, 0])),
);

/** Inputs of an action that its schema refuses, as JSON. */
const refused: readonly (readonly [string, string])[] = [
  ['null', 'null'],
  ['true', 'true'],
  ['a number', '7'],
  ['a text', '"A1"'],
  ['an empty text', '""'],
  ['a list', '[]'],
  ['a list with a sound input in it', json([sound])],
  ['an empty object', '{}'],
  ['no seat', json({ count: 1 })],
  ['no count', json({ seat: 'A1' })],
  ['a field too many', json({ ...sound, price: 0 })],
  ['a seat that is a number', json({ ...sound, seat: 1 })],
  ['a seat that is null', json({ ...sound, seat: null })],
  ['a seat that is a list', json({ ...sound, seat: ['A1'] })],
  ['a seat that is an object with `toString`', json({ ...sound, seat: { toString: 'A1' } })],
  ['a seat with a newline behind it', json({ ...sound, seat: 'A1\n' })],
  ['a seat with NUL behind it', json({ ...sound, seat: 'A1\0' })],
  ['a seat in digits of another script', json({ ...sound, seat: 'A\u0661' })],
  ['a seat of 50,000 characters', json({ ...sound, seat: 'A'.repeat(50_000) })],
  ['a count of 0', json({ ...sound, count: 0 })],
  ['a count of 9', json({ ...sound, count: 9 })],
  ['a count of −1', json({ ...sound, count: -1 })],
  ['a count with a fraction', json({ ...sound, count: 1.5 })],
  ['a count that is a text', json({ ...sound, count: '1' })],
  ['a count that is true', json({ ...sound, count: true })],
  ['a count beyond exact numbers', '{"seat":"A1","count":9007199254740993}'],
  ['a count of 1e308', '{"seat":"A1","count":1e308}'],
  ['a count of 1e400', '{"seat":"A1","count":1e400}'],
  ['a count of 10,000 digits', `{"seat":"A1","count":${'9'.repeat(10_000)}}`],
  ['a note of 41 characters', json({ ...sound, note: 'x'.repeat(41) })],
  ['a note that is null', json({ ...sound, note: null })],
  ['a field `__proto__`', '{"seat":"A1","count":1,"__proto__":{"polluted":true}}'],
  [
    'a field `constructor`',
    '{"seat":"A1","count":1,"constructor":{"prototype":{"polluted":true}}}',
  ],
  ['a field `prototype`', '{"seat":"A1","count":1,"prototype":{"polluted":true}}'],
  ['only a field `__proto__` with a sound input', `{"__proto__":${json(sound)}}`],
  ['`toJSON` as a field', json({ ...sound, toJSON: 1 })],
  ['two counts, the last one wrong', '{"seat":"A1","count":1,"count":99}'],
  ['5,000 fields', manyFields],
];

/** Depths that only a message of a few kilobytes needs, and that a parser may fall over. */
const deepest: readonly (readonly [string, string, Reaction])[] = [
  ['5,000 lists in each other', deep(5_000), 'refused INVALID_PAYLOAD'],
  ['5,000 objects in each other', deepObject(5_000), 'refused INVALID_PAYLOAD'],
  ['32,000 lists in each other', deep(32_000), 'refused INVALID_PAYLOAD'],
];

const badKeys: readonly (readonly [string, unknown])[] = [
  ['a number', 7],
  ['null', null],
  ['an object', {}],
  ['a list', []],
  ['an empty text', ''],
  ['a text of 65 characters', 'x'.repeat(65)],
  ['a text with a space', 'a b'],
];

const ignoredMetas: readonly (readonly [string, unknown])[] = [
  ['a text', 'x'],
  ['null', null],
  ['a list', []],
  ['an object without a key', { other: 1 }],
];

/** Arguments of actions, in both dialects. */
export const payloadCases: readonly WireCase[] = (['plain', 'framed'] as const).flatMap((door) =>
  casesOf(door, [
    ...refused.map(
      ([title, input]) => [`an input: ${title}`, book(input), 'refused INVALID_PAYLOAD'] as const,
    ),
    ...deepest.map(
      ([title, input, reaction]) => [`an input: ${title}`, book(input), reaction] as const,
    ),
    ['no input', `42${ackId}["book"]`, 'refused INVALID_PAYLOAD'],
    ['1,000 arguments', `42${ackId}["book",${json(sound)}${',0'.repeat(1_000)}]`, 'answered'],
    ['a sound input with spaces in it', book('{ "seat" : "A1" , "count" : 1 }'), 'answered'],
    [
      'an input with a lone surrogate',
      book(String.raw`{"seat":"A1","count":1,"note":"\ud800"}`),
      'answered',
    ],
    ['two counts, the last one sound', book('{"seat":"A1","count":99,"count":1}'), 'answered'],
    ['a count of 1.0', book('{"seat":"A1","count":1.0}'), 'answered'],
    ...badKeys.map(
      ([title, idempotencyKey]) =>
        [
          `an idempotency key: ${title}`,
          book(`${json(sound)},${json({ idempotencyKey })}`),
          'refused INVALID_PAYLOAD',
        ] as const,
    ),
    ...ignoredMetas.map(
      ([title, meta]) =>
        [`a second argument: ${title}`, book(`${json(sound)},${json(meta)}`), 'answered'] as const,
    ),
    [
      'an action of users, by a guest',
      `42${ackId}["cancel",{"seat":"A1"}]`,
      'refused UNKNOWN_EVENT',
    ],
    [
      'anything to an action that takes it',
      `42${ackId}["echo",{"__proto__":1,"constructor":[2]}]`,
      'answered',
    ],
    ['20 lists to an action that takes anything', `42${ackId}["echo",${deep(20)}]`, 'answered'],
    [
      '33 lists to an action that takes anything',
      `42${ackId}["echo",${deep(33)}]`,
      'refused INVALID_PAYLOAD',
    ],
    [
      '10,001 items to an action that takes anything',
      `42${ackId}["echo",[0${',0'.repeat(10_000)}]]`,
      'refused INVALID_PAYLOAD',
    ],
    [
      '30,000 lists to an action that takes anything',
      `42${ackId}["echo",${deep(30_000)}]`,
      'refused INVALID_PAYLOAD',
    ],
    [
      '30,000 lists to an action that takes anything, with a key',
      `42${ackId}["echo",${deep(30_000)},{"idempotencyKey":"k"}]`,
      'refused INVALID_PAYLOAD',
    ],
  ]),
);

function book(rest: string): string {
  return `42${ackId}["book",${rest}]`;
}
