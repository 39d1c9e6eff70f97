import { type Frame, isFrame, parseFrame } from '@roomcast/realtime-contract';
import { Decoder, Encoder, PacketType } from 'socket.io-parser';

/** The event under which a frame arrives; no event of a contract can have this name. */
export const frameEvent = 'roomcast:frame';

/** What {@link frameEvent} carries; a stock packet of that name cannot contain an instance. */
export class ArrivedFrame {
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }
}

/**
 * A Socket.IO parser that also understands frames. A frame becomes an event of the namespace, so
 * that it keeps its place among the stock packets: the answer to CONNECT before, acknowledgements
 * around it.
 */
export function createFrameParser(namespace: string): {
  Encoder: typeof Encoder;
  Decoder: typeof Decoder;
} {
  class FrameDecoder extends Decoder {
    override add(message: unknown): void {
      if (typeof message !== 'string' || !isFrame(message)) {
        super.add(message);
        return;
      }
      const data = [frameEvent, new ArrivedFrame(parseFrame(message))];
      this.emitReserved('decoded', { type: PacketType.EVENT, nsp: namespace, data });
    }
  }
  return { Encoder, Decoder: FrameDecoder };
}
