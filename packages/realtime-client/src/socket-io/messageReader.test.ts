import { encodePublications, parseFrame, RoomcastError } from '@roomcast/realtime-contract';
import { describe, expect, it } from 'vitest';
import { publicationOf } from '../fakes/publicationOf.ts';
import { createMessageReader as createReader } from './messageReader.ts';

const frame = encodePublications([publicationOf('event-42', 1)]);
const bytes = new ArrayBuffer(3);

/** A reader of a connection that has agreed on no compressed frames. */
function createMessageReader() {
  const read = createReader();
  return (message: unknown) => read(message, null);
}

describe('the reader of messages', () => {
  it('tells frames from packets', () => {
    const read = createMessageReader();
    expect(read(frame)).toEqual({ frame: parseFrame(frame), text: frame });
    expect(read('37["ok"]')).toMatchObject({ packet: { type: '3', id: 7, payload: ['ok'] } });
    expect(read(frame)).toEqual({ frame: parseFrame(frame), text: frame });
  });

  it.each(['P', 'P{', 'W{}', 'Z[]', 'Pnull', 'hello'])('throws for the bad frame %j', (message) => {
    expect(() => createMessageReader()(message)).toThrow(
      expect.objectContaining({ name: 'RoomcastError', code: 'INVALID_FRAME' }),
    );
  });

  it.each(['9', '2["sold"', '2{}', ''])('throws for the bad packet %j', (message) => {
    const read = createMessageReader();
    expect(() => read(message)).toThrow(Error);
    expect(() => read(message)).not.toThrow(RoomcastError);
  });

  it('skips as many binary messages as belong to a packet, and no more', () => {
    const read = createMessageReader();
    expect(read('52-["seats",{},{}]')).toMatchObject({ packet: { type: '5' } });
    expect(read(bytes)).toBeNull();
    // Frames are not part of the protocol that the bytes belong to.
    expect(read(frame)).toEqual({ frame: parseFrame(frame), text: frame });
    expect(read(Buffer.alloc(3))).toBeNull();
    expect(read('2["seats"]')).toMatchObject({ packet: { type: '2' } });
    expect(() => read(bytes)).toThrow('nobody agreed');
  });

  it('throws for a packet where an attachment is due', () => {
    const read = createMessageReader();
    read('51-["seats",{}]');
    expect(() => read('2["seats"]')).toThrow('order');
  });
});
