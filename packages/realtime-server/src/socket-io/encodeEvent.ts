import { Encoder, PacketType } from 'socket.io-parser';

/** Engine messages that belong together, ready to be written to any number of connections. */
export type EncodedMessage = readonly (string | Buffer)[];

/** How many bytes a message has. */
export function sizeOf(message: EncodedMessage): number {
  return message.reduce((sum, packet) => sum + Buffer.byteLength(packet), 0);
}

const encoder = new Encoder();

/** A stock Socket.IO event, encoded once for all who get it. */
export function encodeEvent(
  namespace: string,
  name: string,
  ...args: readonly unknown[]
): EncodedMessage {
  return encoder.encode({ type: PacketType.EVENT, nsp: namespace, data: [name, ...args] });
}
