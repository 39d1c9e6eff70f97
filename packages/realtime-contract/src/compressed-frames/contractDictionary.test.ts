import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { EventDefinition } from '../contract/contract.ts';
import { defineContract } from '../contract/defineContract.ts';
import { eventContract } from '../event-contract/eventContract.ts';
import { contractDictionary } from './contractDictionary.ts';

const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

const seatsOf = (length: number) => ({ seats: 'x'.repeat(length) });

/** An event of the room `event` whose example is about so long. */
const eventOf = (length: number): EventDefinition => ({
  room: 'event',
  payload: v.any(),
  delivery: 'reliable',
  example: seatsOf(length),
});

function contractOf(events: Record<string, EventDefinition>) {
  return { rooms: { event: { template: 'event-{eventId}' } }, events };
}

describe('contractDictionary', () => {
  it('holds the examples as they look on the wire, what the contract names first at the end', () => {
    const contract = defineContract({
      version: '1.0',
      rooms: { event: { template: 'event-{eventId}' }, global: { template: 'global' } },
      events: {
        sold: {
          ...{ room: 'event', payload: v.object({ id: v.string() }), delivery: 'reliable' },
          example: { id: 'é' },
        },
        price: {
          ...{ room: 'global', payload: v.object({ symbol: v.string() }), delivery: 'latest' },
          key: ({ symbol }: { symbol: string }) => symbol,
          example: { symbol: 'A' },
        },
        beat: {
          ...{ room: 'global', payload: v.object({}), delivery: 'volatile', example: {} },
        },
      },
    });
    expect(decode(contractDictionary(contract).bytes)).toBe(
      [
        'P["global","",[["beat",2,0,1800000000000,{}]]]',
        'P["global","",[["price",1,1,1800000000000,{"symbol":"A"},{"key":"A"}]]]',
        'P["event-{eventId}","",[["sold",0,1,1800000000000,{"id":"é"}]]]',
      ].join(''),
    );
  });

  it('is the same on every machine and in every release', () => {
    const contract = contractOf({ sold: eventOf(3), gone: eventOf(2) });
    expect(contractDictionary(contract).id).toMatchInlineSnapshot(`"da54732bc693ca84"`);
    expect(contractDictionary(eventContract)).toEqual(contractDictionary(eventContract));
  });

  it('has another id for another example and for another order', () => {
    const ids = [
      contractOf({ sold: eventOf(3), gone: eventOf(2) }),
      contractOf({ gone: eventOf(2), sold: eventOf(3) }),
      contractOf({ sold: eventOf(3), gone: eventOf(3) }),
      contractOf({ sold: eventOf(3) }),
    ].map((contract) => contractDictionary(contract).id);
    expect(new Set(ids)).toHaveLength(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('has at most 32,768 bytes: what does not fit is left out, first what is named last', () => {
    const contract = contractOf({
      first: eventOf(20_000),
      large: eventOf(20_000),
      small: eventOf(10_000),
      tiny: eventOf(5_000),
    });
    const { bytes } = contractDictionary(contract);
    expect(bytes.length).toBeLessThanOrEqual(32_768);
    expect(decode(bytes).match(/first|large|small|tiny/g)).toEqual(['small', 'first']);
  });

  it('fills itself to the last byte and no further', () => {
    const overhead = contractDictionary(contractOf({ sold: eventOf(0) })).bytes.length;
    const full = contractDictionary(contractOf({ sold: eventOf(32_768 - overhead) }));
    expect(full.bytes).toHaveLength(32_768);
    const over = contractDictionary(contractOf({ sold: eventOf(32_769 - overhead) }));
    expect(over.bytes).toHaveLength(0);
  });

  it('leaves out what cannot be written: an example that JSON refuses, a key that throws', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    const contract = contractOf({
      big: { ...eventOf(0), example: 1n },
      circular: { ...eventOf(0), example: circular },
      keyed: {
        ...{ ...eventOf(0), delivery: 'latest' },
        key() {
          throw new TypeError('No key.');
        },
      },
      sold: eventOf(2),
    });
    expect(contractDictionary(contract)).toEqual(
      contractDictionary(contractOf({ sold: eventOf(2) })),
    );
  });

  it('is empty for a contract without events', () => {
    expect(contractDictionary(contractOf({}))).toEqual({
      id: 'cbf29ce484222325',
      bytes: new Uint8Array(),
    });
  });
});
