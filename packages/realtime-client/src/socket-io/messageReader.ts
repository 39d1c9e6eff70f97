import type { FrameReader } from '@roomcast/realtime-compression/frames';
import { type Frame, isFrame, parseFrame, RoomcastError } from '@roomcast/realtime-contract';
import { type ArrivedPacket, parsePacket } from './packet.ts';

/**
 * What a message stands for: a frame with the text that it was read from, or a packet; null for the
 * attachment of a packet, which nobody here asks for.
 */
export type Arrival =
  | { readonly frame: Frame; readonly text: string }
  | { readonly packet: ArrivedPacket }
  | null;

/**
 * Reads the messages of one engine connection, in their order. What reads compressed frames is given
 * with each message: there is none before they are agreed on.
 *
 * @throws RoomcastError `INVALID_FRAME` for a bad frame, another error for anything else
 */
export function createMessageReader(): (message: unknown, frames: FrameReader | null) => Arrival {
  let attachments = 0;
  return (message, frames) => {
    if (typeof message !== 'string' && attachments === 0) {
      if (!frames) throw new RoomcastError('INVALID_FRAME', 'Bytes that nobody agreed on.');
      return toFrame(frames.read(new Uint8Array(message as ArrayBuffer)));
    }
    if (typeof message === 'string' && isFrame(message)) return toFrame(message);
    if (typeof message === 'string' && attachments === 0) {
      const packet = parsePacket(message);
      ({ attachments } = packet);
      return { packet };
    }
    if (typeof message === 'string') {
      throw new Error('Text and bytes are not in order.');
    }
    attachments -= 1;
    return null;
  };
}

function toFrame(text: string) {
  return { frame: parseFrame(text), text };
}
