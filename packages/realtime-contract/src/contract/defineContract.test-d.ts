import * as v from 'valibot';
import { z } from 'zod';
import { defineContract } from './defineContract.ts';

const rooms = { event: { template: 'event-{eventId}' }, global: { template: 'global' } } as const;
const version = '1.0';
const payload = z.object({ id: z.string(), price: z.number() });
const example = { id: '1', price: 3 };
const delivery = 'reliable';
const latest = 'latest';

export function eventsThatDoNotCompile(): unknown[] {
  return [
    defineContract({
      version,
      rooms,
      events: { sold: { room: 'event', payload, delivery, example } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error no room of that kind
      events: { sold: { room: 'evnt', payload, delivery, example } },
    }),
    defineContract({
      version,
      rooms,
      events: {
        a: { room: 'event', payload, delivery, example },
        // @ts-expect-error no room of that kind, though that of the other event is one
        b: { room: 'x', payload, delivery, example },
      },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error no delivery class of that name
      events: { sold: { room: 'event', payload, delivery: 'relaible', example } },
    }),
    // @ts-expect-error the example is missing
    defineContract({ version, rooms, events: { sold: { room: 'event', payload, delivery } } }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error a field of the example has another type
      events: { sold: { room: 'event', payload, delivery, example: { id: 1, price: 3 } } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error a field of the example is missing
      events: { sold: { room: 'event', payload, delivery, example: { id: '1' } } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error the example has a field that the schema does not know
      events: { sold: { room: 'event', payload, delivery, example: { id: '1', price: 3, x: 1 } } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error the schema is not a Standard Schema
      events: { sold: { room: 'event', payload: { id: 'string' }, delivery, example } },
    }),
  ];
}

export function keysThatDoNotCompile(): unknown[] {
  return [
    defineContract({
      version,
      rooms,
      events: { sold: { room: 'event', payload, delivery: latest, key: (p) => p.id, example } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error a key is text
      events: { sold: { room: 'event', payload, delivery: latest, key: (p) => p.price, example } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error the payload has no such field
      events: { sold: { room: 'event', payload, delivery: latest, key: (p) => p.symbol, example } },
    }),
    defineContract({
      version,
      rooms,
      // @ts-expect-error a key is a function of the payload
      events: { sold: { room: 'event', payload, delivery: latest, key: 'id', example } },
    }),
  ];
}

export function roomsThatDoNotCompile(): unknown[] {
  return [
    // @ts-expect-error no access of that name
    defineContract({ version, rooms: { a: { template: 'a', access: 'authorized' } }, events: {} }),
    // @ts-expect-error the template is missing
    defineContract({ version, rooms: { a: { access: 'public' } }, events: {} }),
    // @ts-expect-error the rooms are missing
    defineContract({ version, events: {} }),
    // @ts-expect-error a version is text
    defineContract({ version: 1.0, rooms, events: {} }),
  ];
}

export function actionsThatDoNotCompile(): unknown[] {
  const input = v.object({ text: v.string() });
  const output = v.null();
  const parts = { version, rooms, events: {} };
  return [
    defineContract({ ...parts, actions: { say: { input, output, errors: ['LATE'] } } }),
    // @ts-expect-error the output is missing
    defineContract({ ...parts, actions: { say: { input } } }),
    // @ts-expect-error the input is no schema
    defineContract({ ...parts, actions: { say: { input: String, output } } }),
    // @ts-expect-error codes are text
    defineContract({ ...parts, actions: { say: { input, output, errors: [404] } } }),
    // @ts-expect-error codes are a list
    defineContract({ ...parts, actions: { say: { input, output, errors: 'LATE' } } }),
    // @ts-expect-error whether guests may call it is yes or no
    defineContract({ ...parts, actions: { say: { input, output, guests: 'yes' } } }),
  ];
}
