import fc from 'fast-check';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { encodePacket, parsePacket } from './packet.ts';

/** What the stock parser reads. */
function stockRead(text: string): unknown {
  const decoder = new Decoder();
  const packets: unknown[] = [];
  decoder.on('decoded', (packet) => packets.push(packet));
  decoder.add(text);
  return packets[0];
}

/** What the stock parser writes, attachments left out. */
function stockWrite(type: PacketType, nsp: string, data: unknown, id?: number): string {
  const packet = { type, nsp, data, ...(id !== undefined && { id }) };
  return String(new Encoder().encode(packet)[0]);
}

const namespaces = fc.constantFrom('/', '/shop', '/7', '/a-b/c');
const ids = fc.option(fc.nat(), { nil: undefined });
const lists = fc.tuple(fc.constant('seats'), fc.jsonValue(), fc.jsonValue());

describe('a packet', () => {
  it.each([
    [{ type: '0', namespace: '/' }, '0'],
    [{ type: '0', namespace: '/', payload: { token: 'x' } }, '0{"token":"x"}'],
    [{ type: '0', namespace: '/shop', payload: { token: 'x' } }, '0/shop,{"token":"x"}'],
    [{ type: '1', namespace: '/' }, '1'],
    [{ type: '1', namespace: '/shop' }, '1/shop,'],
    [{ type: '2', namespace: '/', payload: ['buy', 7], id: 0 }, '20["buy",7]'],
    [{ type: '2', namespace: '/shop', payload: ['buy'], id: 12 }, '2/shop,12["buy"]'],
    [{ type: '2', namespace: '/', payload: ['buy', undefined], id: 1 }, '21["buy",null]'],
  ])('%j is written as the protocol says', (packet, text) => {
    expect(encodePacket(packet)).toBe(text);
  });

  it.each([
    ['0{"sid":"x"}', { type: '0', namespace: '/', payload: { sid: 'x' } }],
    ['0/shop,{"sid":"x"}', { type: '0', namespace: '/shop', payload: { sid: 'x' } }],
    ['1/shop', { type: '1', namespace: '/shop', payload: undefined }],
    ['1/shop,', { type: '1', namespace: '/shop', payload: undefined }],
    ['2["seats",1]', { type: '2', namespace: '/', payload: ['seats', 1] }],
    ['3/shop,12[null]', { type: '3', namespace: '/shop', id: 12, payload: [null] }],
    ['4/nope,{"message":"no"}', { type: '4', namespace: '/nope', payload: { message: 'no' } }],
    ['52-/shop,["seats",{}]', { type: '5', namespace: '/shop', attachments: 2 }],
    ['61-12[{}]', { type: '6', namespace: '/', id: 12, attachments: 1 }],
    ['2["line\u2028break\\n"]', { type: '2', payload: ['line\u2028break\n'] }],
  ])('%j is read as the protocol says', (text, packet) => {
    expect(parsePacket(text)).toMatchObject(packet);
  });

  it('is read as the stock parser writes it', () => {
    const types = fc.constantFrom(PacketType.EVENT, PacketType.ACK);
    fc.assert(
      fc.property(types, namespaces, lists, fc.nat(), (type, nsp, data, id) => {
        expect(parsePacket(stockWrite(type, nsp, data, id))).toEqual({
          ...{ type: `${type}`, namespace: nsp, id, attachments: 0 },
          payload: JSON.parse(JSON.stringify(data)),
        });
      }),
    );
  });

  it('is written so that the stock parser reads it', () => {
    fc.assert(
      fc.property(namespaces, lists, ids, (namespace, payload, id) => {
        expect(stockRead(encodePacket({ type: '2', namespace, payload, id }))).toEqual({
          ...{ type: PacketType.EVENT, nsp: namespace, ...(id !== undefined && { id }) },
          data: JSON.parse(JSON.stringify(payload)),
        });
      }),
    );
  });

  it('has its attachments counted as the stock parser writes them', () => {
    const data = ['seats', new Uint8Array([1]), { plan: new Uint8Array([2]) }];
    expect(parsePacket(stockWrite(PacketType.EVENT, '/shop', data))).toMatchObject({
      ...{ type: '5', namespace: '/shop', attachments: 2 },
    });
  });
});

describe('what is no packet', () => {
  it.each([
    ...['', '7', '9', 'x', ' 2[]', '-1', '2', '3', '31', '2{}', '3{}', '2null', '2"x"'],
    ...['2["sold"', '2[x]', '0{', '0{}}', '5["x"]', '50-["x"]', '511-["x"]', '5x-["x"]', '51-{}'],
  ])('%j throws', (text) => {
    expect(() => parsePacket(text)).toThrow(Error);
  });
});

describe('bytes', () => {
  it.each([
    ['a Uint8Array', new Uint8Array([1])],
    ['a Buffer', Buffer.from('x')],
    ['an ArrayBuffer', new ArrayBuffer(1)],
    ['a DataView', new DataView(new ArrayBuffer(1))],
  ])('as %s are refused rather than written as something else', (_, bytes) => {
    for (const payload of [
      ['buy', bytes],
      ['buy', { photo: [bytes] }],
    ]) {
      expect(() => encodePacket({ type: '2', namespace: '/', payload })).toThrow(TypeError);
    }
  });
});

it.each([
  [
    'a list that contains itself',
    () => {
      const list: unknown[] = [];
      list.push(list);
      return list;
    },
  ],
  ['a BigInt', () => [1n]],
])('%s is refused', (_, payload) => {
  expect(() => encodePacket({ type: '2', namespace: '/', payload: payload() })).toThrow(TypeError);
});
