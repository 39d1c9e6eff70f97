import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { ActionDefinition, EventDefinition } from './contract.ts';
import { fingerprint } from './fingerprint.ts';

const sold: EventDefinition = {
  room: 'event',
  payload: v.object({ id: v.string() }),
  delivery: 'reliable',
  example: { id: '1' },
};
const buy: ActionDefinition = {
  input: v.string(),
  output: v.string(),
  errors: ['LATE', 'SOLD_OUT'],
};
const rooms = { event: { template: 'event-{id}' }, global: { template: 'global' } } as const;
const base = fingerprint(rooms, { sold }, { buy });

describe('fingerprint', () => {
  it('is the same 16 hexadecimal digits on every machine and in every release', () => {
    expect(base).toMatchInlineSnapshot(`"f4dd12a87575a436"`);
    expect(fingerprint({}, {}, {})).toMatch(/^[0-9a-f]{16}$/);
  });

  it('does not depend on the order in which things are written down', () => {
    const { event, global } = rooms;
    const errors = ['SOLD_OUT', 'LATE'];
    expect(fingerprint({ global, event }, { sold }, { buy: { ...buy, errors } })).toBe(base);
  });

  it('does not depend on schemas, examples and keys', () => {
    const other: EventDefinition = { ...sold, payload: v.string(), example: 'x', key: () => 'k' };
    expect(fingerprint(rooms, { sold: other }, { buy })).toBe(base);
  });

  it('depends on which rooms have presence', () => {
    const presence = v.string();
    const event = { ...rooms.event, presence };
    expect(fingerprint({ ...rooms, event }, { sold }, { buy })).not.toBe(base);
  });

  it('takes a room without access for one that says the default', () => {
    const event = { template: 'event-{id}', access: 'authorised' } as const;
    expect(fingerprint({ ...rooms, event }, { sold }, { buy })).toBe(base);
  });

  it.each([
    ['a room kind', fingerprint({ ...rooms, user: { template: 'user' } }, { sold }, { buy })],
    ['a template', fingerprint({ ...rooms, event: { template: 'e-{id}' } }, { sold }, { buy })],
    [
      'the access of a room',
      fingerprint(
        { ...rooms, event: { template: 'event-{id}', access: 'public' } },
        { sold },
        { buy },
      ),
    ],
    ['an event name', fingerprint(rooms, { gone: sold }, { buy })],
    ["an event's room", fingerprint(rooms, { sold: { ...sold, room: 'global' } }, { buy })],
    ['a delivery class', fingerprint(rooms, { sold: { ...sold, delivery: 'latest' } }, { buy })],
    [
      'an event that is encrypted',
      fingerprint(rooms, { sold: { ...sold, encrypted: true } }, { buy }),
    ],
    ['an action name', fingerprint(rooms, { sold }, { sell: buy })],
    ['an error code', fingerprint(rooms, { sold }, { buy: { ...buy, errors: ['LATE'] } })],
  ])('changes with %s', (_, changed) => {
    expect(changed).not.toBe(base);
  });

  it('keeps apart names that only together look alike', () => {
    const joined: ActionDefinition = { ...buy, errors: ['LATE SOLD_OUT'] };
    expect(fingerprint(rooms, { sold }, { buy: joined })).not.toBe(base);
    expect(fingerprint({ a: { template: 'b c' } }, {}, {})).not.toBe(
      fingerprint({ 'a b': { template: 'c' } }, {}, {}),
    );
  });
});
