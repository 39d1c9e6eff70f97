import { encodePublications, parseFrame, RoomcastError } from '@roomcast/realtime-contract';
import { Encoder, PacketType } from 'socket.io-parser';
import { describe, expect, it } from 'vitest';
import { publicationOf } from '../fakes/publicationOf.ts';
import { ArrivedFrame, createFrameParser, frameEvent } from './frameParser.ts';

function startDecoder(namespace = '/') {
  const { Decoder } = createFrameParser(namespace);
  const decoder = new Decoder();
  const packets: { type: PacketType; nsp: string; data?: unknown; id?: number }[] = [];
  decoder.on('decoded', (packet) => packets.push(packet));
  return { decoder, packets };
}

const frame = encodePublications([publicationOf('event-42', 1)]);

describe('the frame parser', () => {
  it('makes an event of the namespace of a frame', () => {
    const { decoder, packets } = startDecoder('/shop');
    decoder.add(frame);
    expect(packets).toEqual([
      { type: PacketType.EVENT, nsp: '/shop', data: [frameEvent, expect.any(ArrivedFrame)] },
    ]);
    expect(packets).toMatchObject([{ data: [frameEvent, { frame: parseFrame(frame) }] }]);
  });

  it('keeps frames and the packets of Socket.IO in the order in which they came', () => {
    const { decoder, packets } = startDecoder();
    const encoder = new Encoder();
    const connect = encoder.encode({ type: PacketType.CONNECT, nsp: '/', data: { sid: 'x' } });
    const ack = encoder.encode({ type: PacketType.ACK, nsp: '/', id: 7, data: ['ok'] });
    for (const message of [...connect, frame, ...ack, frame]) decoder.add(message);
    expect(packets.map(({ type }) => type)).toEqual([
      ...[PacketType.CONNECT, PacketType.EVENT, PacketType.ACK, PacketType.EVENT],
    ]);
    expect(packets[2]).toMatchObject({ id: 7, data: ['ok'] });
  });

  it('reads binary packets of Socket.IO as ever', () => {
    const { decoder, packets } = startDecoder();
    const data = ['photo', Buffer.from([1, 2, 3])];
    for (const part of new Encoder().encode({ type: PacketType.EVENT, nsp: '/', data })) {
      decoder.add(part);
    }
    expect(packets).toMatchObject([{ data }]);
  });

  it.each(['P', 'P{', 'W{}', 'Z[]', 'Pnull', 'hello'])('throws for the bad frame %j', (message) => {
    const { decoder, packets } = startDecoder();
    expect(() => decoder.add(message)).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_FRAME' }),
    );
    expect(packets).toEqual([]);
  });

  it.each(['9', '2["sold"', '2{}'])('throws for the bad packet %j', (message) => {
    const { decoder, packets } = startDecoder();
    expect(() => decoder.add(message)).toThrow(Error);
    expect(() => decoder.add(message)).not.toThrow(RoomcastError);
    expect(packets).toEqual([]);
  });

  it('encodes as Socket.IO does', () => {
    expect(createFrameParser('/').Encoder).toBe(Encoder);
  });
});
