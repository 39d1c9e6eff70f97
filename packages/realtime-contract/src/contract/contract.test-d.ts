import type { StandardSchemaV1 } from '@standard-schema/spec';
import * as v from 'valibot';
import { z } from 'zod';
import type {
  ActionErrorCode,
  ActionHandlerInput,
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  EventName,
  EventNameOf,
  EventPayload,
  PresenceData,
  PresenceInput,
  PresenceKind,
  RoomArgs,
  RoomKind,
  RoomParams,
} from './contract.ts';
import { defineContract } from './defineContract.ts';
import type { Same } from './same.test-d.ts';

/** ArkType's types are functions that carry the Standard Schema, so ours must take those too. */
type Callable<Input, Output> = ((data: unknown) => Output) & StandardSchemaV1<Input, Output>;

declare const bid: Callable<{ amount: number; note?: string }, { amount: number; note: string }>;

export const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    seat: {
      template: 'seat-{row}:{seat}',
      presence: z.object({ name: z.string(), zoom: z.number().default(1) }),
    },
    global: { template: 'global' },
  },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ id: z.string(), price: z.number().default(0) }),
      delivery: 'reliable',
      example: { id: '1' },
    },
    price: {
      room: 'global',
      payload: v.object({ symbol: v.string(), at: v.optional(v.number()) }),
      delivery: 'latest',
      key: (payload) => payload.symbol,
      example: { symbol: 'A' },
    },
    bid: { room: 'event', payload: bid, delivery: 'volatile', example: { amount: 1 } },
  },
  actions: {
    plain: { input: v.object({ text: v.string() }), output: z.null() },
    buy: {
      input: z.object({ count: z.string().transform(Number) }),
      output: z.object({ ticket: z.string().default('none') }),
      errors: ['SOLD_OUT', 'LATE'],
      guests: true,
    },
    offer: { input: bid, output: bid, errors: [] },
  },
});

type C = typeof contract;

export const events: [
  Same<EventName<C>, 'sold' | 'price' | 'bid'>,
  Same<EventNameOf<C, 'event'>, 'sold' | 'bid'>,
  Same<EventNameOf<C, 'global'>, 'price'>,
  Same<EventNameOf<C, 'seat'>, never>,
  Same<EventNameOf<C, 'event' | 'global'>, EventName<C>>,
] = [true, true, true, true, true];

export const payloads: [
  Same<EventPayload<C, 'sold'>, { id: string; price?: number | undefined }>,
  Same<EventPayload<C, 'price'>, { symbol: string; at?: number | undefined }>,
  Same<EventPayload<C, 'bid'>, { amount: number; note?: string }>,
] = [true, true, true];

export const rooms: [
  Same<RoomKind<C>, 'event' | 'seat' | 'global'>,
  Same<RoomParams<C, 'seat'>, { readonly row: string; readonly seat: string }>,
  Same<RoomArgs<C, 'event'>, [kind: 'event', params: { readonly eventId: string }]>,
  Same<RoomArgs<C, 'global'>['length'], 1 | 2>,
] = [true, true, true, true];

export const actions: [
  Same<ActionName<C>, 'plain' | 'buy' | 'offer'>,
  Same<ActionInput<C, 'buy'>, { count: string }>,
  Same<ActionHandlerInput<C, 'buy'>, { count: number }>,
  Same<ActionOutput<C, 'buy'>, { ticket?: string | undefined }>,
  Same<ActionInput<C, 'plain'>, { text: string }>,
  Same<ActionOutput<C, 'plain'>, null>,
  Same<ActionHandlerInput<C, 'offer'>, { amount: number; note: string }>,
] = [true, true, true, true, true, true, true];

export const errors: [
  Same<ActionErrorCode<C, 'buy'>, 'SOLD_OUT' | 'LATE'>,
  Same<ActionErrorCode<C, 'plain'>, never>,
  Same<ActionErrorCode<C, 'offer'>, never>,
] = [true, true, true];

export const bare = defineContract({
  version: '1.0',
  rooms: { global: { template: 'global' } },
  events: {},
});

export const without: [
  Same<EventName<typeof bare>, never>,
  Same<ActionName<typeof bare>, never>,
  Same<RoomKind<typeof bare>, 'global'>,
] = [true, true, true];

/** Code that does not care which contract it is takes any. */
export const anyContracts: readonly AnyContract[] = [contract, bare];

export function roomNames(): string[] {
  return [
    contract.formatRoom('event', { eventId: '42' }),
    contract.formatRoom('seat', { row: 'A', seat: '12' }),
    contract.formatRoom('global', {}),
    // @ts-expect-error no room of that kind
    contract.formatRoom('evnt', { eventId: '42' }),
    // @ts-expect-error the parameter is missing
    contract.formatRoom('event', {}),
    // @ts-expect-error a parameter of another room
    contract.formatRoom('event', { userId: '42' }),
    // @ts-expect-error ids are strings
    contract.formatRoom('event', { eventId: 42 }),
  ];
}

export function kindOf(name: string): 'event' | 'seat' | 'global' | undefined {
  return contract.parseRoom(name)?.kind;
}

export function argsOfRooms(): unknown[] {
  return [
    ['event', { eventId: '42' }] satisfies RoomArgs<C, 'event'>,
    ['global'] satisfies RoomArgs<C, 'global'>,
    ['global', {}] satisfies RoomArgs<C, 'global'>,
    // @ts-expect-error the room has no parameters
    ['global', { eventId: '42' }] satisfies RoomArgs<C, 'global'>,
    // @ts-expect-error the parameters are missing
    ['event'] satisfies RoomArgs<C, 'event'>,
    // @ts-expect-error one of two parameters is missing
    ['seat', { row: 'A' }] satisfies RoomArgs<C, 'seat'>,
    // @ts-expect-error no room of that kind
    ['evnt'] satisfies RoomArgs<C, 'evnt'>,
  ];
}

export function nothingOfThisCompiles(): unknown[] {
  return [
    // @ts-expect-error no event of that name
    {} as EventPayload<C, 'slod'>,
    // @ts-expect-error no action of that name
    {} as ActionInput<C, 'sell'>,
    // @ts-expect-error the field is a number
    { id: '1', price: '3' } satisfies EventPayload<C, 'sold'>,
    // @ts-expect-error the field is missing
    { price: 3 } satisfies EventPayload<C, 'sold'>,
    // @ts-expect-error no field of that name
    { id: '1', prise: 3 } satisfies EventPayload<C, 'sold'>,
    // @ts-expect-error the client passes text; the number is what the handler gets
    { count: 3 } satisfies ActionInput<C, 'buy'>,
    // @ts-expect-error the action declares no such refusal
    'SOLD-OUT' satisfies ActionErrorCode<C, 'buy'>,
    // @ts-expect-error the action declares no refusal at all
    'SOLD_OUT' satisfies ActionErrorCode<C, 'plain'>,
  ];
}

export const presenceTypes: [
  Same<PresenceKind<typeof contract>, 'seat'>,
  Same<PresenceKind<AnyContract>, string>,
  Same<PresenceInput<typeof contract, 'seat'>, { name: string; zoom?: number | undefined }>,
  Same<PresenceData<typeof contract, 'seat'>, { name: string; zoom: number }>,
  Same<PresenceData<AnyContract, string>, unknown>,
] = [true, true, true, true, true];
