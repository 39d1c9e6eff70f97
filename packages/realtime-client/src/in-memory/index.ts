// What `@roomcast/realtime-testing` builds a client without a network of; not for applications.
export { composeClient } from '../composeClient.ts';
export type { Engine } from '../socket-io/engine.ts';
export {
  type ArrivedPacket,
  ackType,
  connectErrorType,
  connectType,
  disconnectType,
  encodePacket,
  eventType,
  parsePacket,
} from '../socket-io/packet.ts';
