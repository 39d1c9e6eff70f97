import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRoomcastError } from '../errors/roomcastError.ts';
import { assertTemplates } from './assertTemplates.ts';
import { parseTemplate } from './roomTemplate.ts';

function check(...sources: string[]): void {
  assertTemplates(new Map(sources.map((source, index) => [`kind${index}`, parseTemplate(source)])));
}

function refusal(...sources: string[]): string {
  try {
    check(...sources);
  } catch (error) {
    if (isRoomcastError(error, 'INVALID_CONTRACT')) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('assertTemplates', () => {
  it.each([
    [['global']],
    [['event-{eventId}', 'user-{userId}', 'global']],
    [['seat-{row}:{seat}']],
    [['seat-{row}-/-{seat}-suffix']],
    [['a', 'b', 'c']],
    [['user-{id}', 'users']],
    [['town hall: {id}']],
    [[]],
  ])('accepts %j', (sources) => {
    expect(refusal(...sources)).toBe('accepted');
  });

  it.each([
    ['a-{}'],
    ['a-{x'],
    ['a-x}'],
    ['a-{{x}}'],
    ['a-{x}}'],
    ['a-{x y}'],
    ['a-{1x}'],
    ['a-{__proto__}'],
    ['a-%20{x}'],
    [''],
  ])('refuses %j, which is not text with parameters in it', (source) => {
    expect(refusal(source)).toContain('is not printable ASCII text with {parameters} in it');
  });

  it.each([['é-{x}'], ['a\n{x}'], ['a\0{x}'], ['\ud800{x}'], ['a-{x}→{y}']])(
    'refuses %j, whose bytes are not its characters',
    (source) => {
      expect(refusal(source)).toContain('is not printable ASCII text with {parameters} in it');
    },
  );

  it('refuses a template that begins with a parameter', () => {
    expect(refusal('{id}-event')).toBe(
      'Room "kind0" was refused: "{id}-event" has no literal prefix. Begin it with text, as in "kind0-{id}".',
    );
  });

  it('refuses a parameter named twice', () => {
    expect(refusal('a-{x}:{x}')).toContain('names a parameter twice');
  });

  it.each(['', '-', '.', '_', '~', "!*'()", 'abc'])(
    'refuses two parameters parted by %j, which an id may contain',
    (separator) => {
      expect(refusal(`a-{x}${separator}{y}`)).toContain('which an id may contain');
    },
  );

  it('lets the text after the last parameter be anything', () => {
    expect(refusal('a-{x}:{y}-z')).toBe('accepted');
    expect(refusal('a-{x}z')).toBe('accepted');
  });

  it.each([
    ['event-{id}', 'event-{other}'],
    ['event-{id}', 'event-vip-{id}'],
    ['event-vip-{id}', 'event-{id}'],
    ['event-{id}', 'event-list'],
    ['e{id}', 'event'],
    ['global', 'global'],
  ])('refuses %j beside %j, because both could produce one name', (first, second) => {
    expect(refusal(first, 'zzz', second)).toContain('could produce the same name');
  });

  it('names both rooms of an overlap', () => {
    expect(refusal('event-{id}', 'event-vip-{id}')).toContain('of room "kind1" overlap');
  });

  it('lets no two templates that it accepts make one name', () => {
    const literal = fc.string({ unit: fc.constantFrom(...'ab-:'), maxLength: 3 });
    const id = fc.string({ unit: fc.constantFrom(...'ab-:'), minLength: 1, maxLength: 3 });
    const template = fc.oneof(
      literal,
      fc.tuple(literal, literal).map(([a, b]) => `${a}{x}${b}`),
      fc.tuple(literal, literal, literal).map(([a, b, c]) => `${a}{x}${b}{y}${c}`),
    );
    const params = fc.record({ x: id, y: id });
    fc.assert(
      fc.property(template, template, params, params, (first, second, here, there) => {
        fc.pre(refusal(first, second) === 'accepted');
        expect(parseTemplate(first).format(here)).not.toBe(parseTemplate(second).format(there));
      }),
    );
  });
});
