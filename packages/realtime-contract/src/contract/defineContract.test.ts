import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventDefinition, RoomDefinition } from './contract.ts';
import { defineContract } from './defineContract.ts';

const rooms = {
  event: { template: 'event-{eventId}', access: 'public' },
  seat: { template: 'seat-{row}:{seat}' },
  global: { template: 'global' },
} as const;

const sold: EventDefinition = {
  room: 'event',
  payload: v.object({ id: v.string('no id') }),
  delivery: 'reliable',
  example: { id: '1' },
};

/** Defines from loosely typed parts, as plain JavaScript would. */
function define(parts: {
  version?: string;
  rooms?: Record<string, RoomDefinition>;
  events?: Record<string, unknown>;
  actions?: Record<string, unknown>;
}) {
  return defineContract({ version: '1.0', rooms, events: {}, ...parts } as never);
}

function refused(message: string) {
  return expect.objectContaining({
    code: 'INVALID_CONTRACT',
    message: expect.stringContaining(message),
  });
}

describe('defineContract', () => {
  it('keeps what it was given, with a fingerprint', () => {
    const contract = define({ events: { sold } });
    expect(contract).toMatchObject({ version: '1.0', rooms, events: { sold }, actions: {} });
    expect(contract.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(define({}))).toBe(true);
  });

  it.each(['1.0', '0.1', '12.345', '999999999.999999999'])('accepts version %s', (version) => {
    expect(define({ version }).version).toBe(version);
  });

  it.each(['1', '1.0.0', 'v1.0', '1.x', ' 1.0', '1.0\n', '', '-1.0', '1234567890.0', '١.٠'])(
    'refuses version %j, which no handshake could carry',
    (version) => {
      expect(() => define({ version })).toThrow(refused(`"major.minor", got "${version}"`));
    },
  );

  it('refuses templates that could produce the same name', () => {
    expect(() =>
      define({ rooms: { a: { template: 'x-{id}' }, b: { template: 'x-y-{id}' } } }),
    ).toThrow(refused('could produce the same name'));
  });

  it.each(['ticket', 'ticket-purchased', 'a1-2b', 'constructor', 'to-string'])(
    'accepts %s for the name of an event and of an action',
    (name) => {
      const action = { input: z.string(), output: z.string() };
      expect(define({ events: { [name]: sold } }).events).toHaveProperty([name]);
      expect(define({ actions: { [name]: action } }).actions).toHaveProperty([name]);
    },
  );

  it.each(['', 'Ticket', 'ticketPurchased', 'ticket_purchased', '-a', 'a-', 'a--b', '1a', 'a b'])(
    'refuses %j for the name of an event or an action',
    (name) => {
      expect(() => define({ events: { [name]: sold } })).toThrow(refused('not a kebab-case name'));
      expect(() => define({ actions: { [name]: {} } })).toThrow(refused('not a kebab-case name'));
    },
  );

  it('refuses __proto__ for the name of an event', () => {
    expect(() => define({ events: { ['__proto__']: sold } })).toThrow(refused('kebab-case'));
  });

  it('answers at once for a name that is long and nearly fits', () => {
    const name = `${'a-'.repeat(50_000)}!`;
    expect(() => define({ events: { [name]: sold } })).toThrow(refused('kebab-case'));
  });

  it.each(['authenticate', 'ping', 'room-joined', 'disconnect', 'join-event', 'leave-global'])(
    'refuses %s, which the protocol uses itself',
    (name) => {
      expect(() => define({ events: { [name]: sold } })).toThrow(refused('is reserved'));
      expect(() => define({ actions: { [name]: {} } })).toThrow(refused('is reserved'));
    },
  );

  it.each(['unheard-of', 'constructor', '__proto__', 'toString'])(
    'refuses an event of the room %s, which is not defined',
    (room) => {
      expect(() => define({ events: { sold: { ...sold, room } } })).toThrow(
        refused(`names the room "${room}", which is not defined`),
      );
    },
  );

  it.each(['reliable', 'volatile'])('refuses a key on a %s event', (delivery) => {
    expect(() => define({ events: { sold: { ...sold, delivery, key: () => 'k' } } })).toThrow(
      refused(`has a key but is "${delivery}"`),
    );
  });

  it('refuses an example that does not fit its schema, and says why', () => {
    expect(() => define({ events: { sold: { ...sold, example: { id: 1 } } } })).toThrow(
      refused('The example of event "sold" does not fit its schema: no id.'),
    );
  });

  it('leaves an example alone whose schema is asynchronous, even where it rejects', async () => {
    const payload = (verdict: Promise<unknown>) => ({
      '~standard': { version: 1, vendor: 'test', validate: () => verdict },
    });
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', onUnhandled);
    define({
      events: {
        one: { ...sold, payload: payload(Promise.resolve({ issues: [{ message: 'no' }] })) },
        two: { ...sold, payload: payload(Promise.reject(new Error('no database yet'))) },
      },
    });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });

  it.each(['FORBIDDEN', 'ACTION_TIMEOUT', 'INTERNAL'])(
    'refuses %s as a code of an action, because clients would take it for one of ours',
    (code) => {
      const action = { input: z.string(), output: z.string(), errors: ['SOLD_OUT', code] };
      expect(() => define({ actions: { buy: action } })).toThrow(
        refused(`Action "buy" declares the error "${code}"`),
      );
    },
  );

  it.each(['SOLD_OUT', 'constructor', 'toString'])('accepts %s as a code of an action', (code) => {
    const action = { input: z.string(), output: z.string(), errors: [code] };
    expect(define({ actions: { buy: action } }).actions).toEqual({ buy: action });
  });
});

describe('reserved names', () => {
  it('follow the room kinds of the contract', () => {
    expect(Object.keys(define({ events: { 'join-user': sold } }).events)).toEqual(['join-user']);
  });
});
