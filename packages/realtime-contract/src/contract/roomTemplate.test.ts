import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoomcastError } from '../errors/roomcastError.ts';
import { maxRoomNameBytes, maxRoomParamBytes, parseTemplate } from './roomTemplate.ts';

const event = parseTemplate('event-{eventId}');
const seat = parseTemplate('seat-{row}:{seat}/x');

/** Strings of any UTF-16 code units, lone surrogates among them. */
const codeUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));

/** Text that looks like what the encoding yields, so that its edges are met often. */
const nearlyEncoded = fc.string({
  unit: fc.constantFrom(..."aA%0142CcEe-:/.~!*'()_ "),
  size: 'small',
});

const anyText = fc.oneof(fc.string({ unit: 'binary' }), nearlyEncoded, codeUnits);

function attempt(make: () => string): string | null {
  try {
    return make();
  } catch (error) {
    if (isRoomcastError(error, 'INVALID_ROOM')) return null;
    throw error;
  }
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('parseTemplate', () => {
  it('reads the prefix, the parameters and the text between them', () => {
    expect(seat).toMatchObject({
      source: 'seat-{row}:{seat}/x',
      prefix: 'seat-',
      paramNames: ['row', 'seat'],
      literals: [':', '/x'],
    });
  });

  it('takes a template without parameters for the only name it has', () => {
    const global = parseTemplate('global');
    expect(global.format({})).toBe('global');
    expect(global.parse('global')).toEqual({});
    expect(global.parse('global-2')).toBeNull();
  });

  it('takes characters with a meaning in regular expressions as they are', () => {
    const template = parseTemplate('a.b+(c)|[d]^$\\?*-{id}');
    expect(template.parse(template.format({ id: '1' }))).toEqual({ id: '1' });
    expect(template.parse('aXb+(c)|[d]^$\\?*-1')).toBeNull();
  });
});

describe('format', () => {
  it('puts the encoded parameters into the template', () => {
    expect(event.format({ eventId: '42' })).toBe('event-42');
    expect(event.format({ eventId: 'a/b c%ü' })).toBe('event-a%2Fb%20c%25%C3%BC');
    expect(seat.format({ row: 'A:1', seat: '2' })).toBe('seat-A%3A1:2/x');
  });

  it.each([
    ['an empty string', ''],
    ['10,000 characters', 'x'.repeat(10_000)],
    ['a lone surrogate', '\ud800'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 42],
    ['an object', { toString: () => '42' }],
    ['an array', ['42']],
    ['a boxed string', new String('42')],
  ])('refuses %s as an id', (_, eventId) => {
    expect(thrownBy(() => event.format({ eventId }))).toMatchObject({ code: 'INVALID_ROOM' });
  });

  it.each([
    ['a path upwards', '../'],
    ['NUL', '\0'],
    ['the prototype', '__proto__'],
    ['the constructor', 'constructor'],
    ["another room's name", 'user-7'],
    ['its own name', 'event-42'],
    ['a template', '{eventId}'],
    ['an encoded id', '%34%32'],
    ['a line break', '42\n'],
    ['characters outside the basic plane', '🎟️'],
  ])('keeps %s inside its own room', (_, eventId) => {
    const name = event.format({ eventId });
    expect(name).toMatch(/^event-[A-Za-z0-9_.!~*'()%-]+$/);
    expect(event.parse(name)).toEqual({ eventId });
  });

  it('never takes a parameter from the prototype of the parameters', () => {
    const template = parseTemplate('a-{constructor}');
    expect(thrownBy(() => template.format({}))).toMatchObject({ code: 'INVALID_ROOM' });
  });

  it('counts the encoded bytes of an id, and accepts exactly the limit', () => {
    expect(event.format({ eventId: 'x'.repeat(maxRoomParamBytes) })).toHaveLength(206);
    expect(thrownBy(() => event.format({ eventId: 'ü'.repeat(34) }))).toMatchObject({
      message: 'No room "event-{eventId}": "eventId" has 204 bytes of 200.',
    });
  });

  it('limits the whole name, so that several long ids do not add up', () => {
    const row = 'x'.repeat(150);
    expect(seat.format({ row, seat: 'y'.repeat(97) })).toHaveLength(maxRoomNameBytes);
    expect(thrownBy(() => seat.format({ row, seat: 'y'.repeat(98) }))).toMatchObject({
      code: 'INVALID_ROOM',
      message: 'No room "seat-{row}:{seat}/x": the name would have 256 bytes of 255.',
    });
  });

  it('attaches the cause where an id cannot be encoded', () => {
    expect(thrownBy(() => event.format({ eventId: 'a\udc00' }))).toMatchObject({
      cause: expect.any(URIError),
    });
  });
});

describe('parse', () => {
  it.each([
    ['the empty string', ''],
    ['a prefix alone', 'event-'],
    ['another prefix', 'events-42'],
    ['another case', 'EVENT-42'],
    ['a character that is always escaped', 'event-4/2'],
    ['a line break at the end', 'event-42\n'],
    ['an escape that was not needed', 'event-%34%32'],
    ['an escape in lower case', 'event-%c3%bc'],
    ['half an escape', 'event-%'],
    ['bytes that are not UTF-8', 'event-%C3%28'],
    ['an encoded surrogate', 'event-%ED%A0%80'],
    ['a name above the limit', `event-${'x'.repeat(10_000)}`],
    ['an id above the limit', `event-${'x'.repeat(201)}`],
  ])('knows no room by %s', (_, name) => {
    expect(event.parse(name)).toBeNull();
  });

  it('gives a parameter called like a built-in as a field of its own', () => {
    const params = parseTemplate('a-{__proto__}').parse('a-1');
    expect(Object.entries(params ?? {})).toEqual([['__proto__', '1']]);
  });

  it('stays fast for a long name that almost fits a template of many parameters', () => {
    const many = parseTemplate(
      `a-${Array.from({ length: 20 }, (_, i) => `{p${i}}`).join(':-')}-end`,
    );
    const startedAtMs = performance.now();
    for (const filler of ['-', ':-', '-:-', 'x:-']) {
      expect(many.parse(`a-${filler.repeat(250)}`.slice(0, maxRoomNameBytes))).toBeNull();
    }
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});

describe('format and parse', () => {
  it('are inverse for every id that is accepted', () => {
    fc.assert(
      fc.property(anyText, anyText, (row, seatId) => {
        const name = attempt(() => seat.format({ row, seat: seatId }));
        if (name !== null) expect(seat.parse(name)).toEqual({ row, seat: seatId });
      }),
    );
  });

  it('never give one name to two different sets of parameters', () => {
    const pair = fc.tuple(nearlyEncoded, nearlyEncoded);
    fc.assert(
      fc.property(pair, pair, ([row, seatId], [otherRow, otherSeat]) => {
        fc.pre(row !== otherRow || seatId !== otherSeat);
        const name = attempt(() => seat.format({ row, seat: seatId }));
        const other = attempt(() => seat.format({ row: otherRow, seat: otherSeat }));
        if (name !== null) expect(name).not.toBe(other);
      }),
    );
  });

  it('agree on every string: it is no room, or the one spelling of a room', () => {
    const name = fc.oneof(
      anyText,
      nearlyEncoded.map((text) => `seat-${text}`),
      fc.tuple(nearlyEncoded, nearlyEncoded).map(([a, b]) => `seat-${a}:${b}/x`),
    );
    fc.assert(
      fc.property(name, (text) => {
        const params = seat.parse(text);
        if (params) expect(seat.format(params)).toBe(text);
      }),
    );
  });
});
