import type { FrameReader } from '@roomcast/realtime-compression/frames';
import {
  encodeHandshake,
  type Frame,
  type FramedHandshake,
  isRecord,
} from '@roomcast/realtime-contract';
import type { FrameDecoder } from '../frames/frameDecoder.ts';
import { connectionEnded, connectionFailed, connectionRefused } from './connectionErrors.ts';
import { type Arrival, createMessageReader } from './messageReader.ts';
import * as packets from './packet.ts';
import type { Transport, TransportEvents, TransportOptions } from './transport.ts';

/**
 * Opens an engine.io connection and, by the Socket.IO protocol, one namespace on it. Time limits and
 * reconnection are not here: our state machine has them.
 *
 * @throws RoomcastError `INVALID_CONFIG` without a URL where there is no page to take it from
 */
export function openTransport(
  options: TransportOptions,
  handshake: Omit<FramedHandshake, 'features'>,
  { onFrame, onDown }: TransportEvents,
): Transport {
  const { url, namespace, openEngine, frameDecoder, notices } = options;
  let decoder: FrameDecoder | null = null;
  let frames: FrameReader | null = null;
  const read = createMessageReader();
  const answers = new Map<number | undefined, (answer: unknown) => void>();
  let nextId = 0;
  /** First the engine is opened, then CONNECT is sent and answered. */
  let phase: 'opening' | 'connecting' | 'connected' | 'over' = 'opening';

  const send = (type: string, payload?: unknown, id?: number) => {
    const packet = { type, namespace, id, payload };
    const message = packets.encodePacket(packet);
    // After a sleep of the machine this finds the connection gone, where a timer is late.
    if (engine._hasPingExpired()) return;
    engine.write(message);
    notices.notify({ type: 'sent', message, packet });
  };
  const end = () => {
    phase = 'over';
    engine.close();
  };
  const fail = (error: Error) => {
    if (phase === 'over') return;
    end();
    onDown(error);
  };
  const answer = (id: number | undefined, payload: unknown) => {
    const onAnswer = answers.get(id);
    answers.delete(id);
    onAnswer?.(Array.isArray(payload) ? payload[0] : undefined);
  };
  /** Events are left alone: what a server has to say to this client comes in frames. */
  const take = ({ type, id, payload }: packets.ArrivedPacket) => {
    if (type === packets.connectType) {
      if (isRecord(payload) && payload.sid) phase = 'connected';
      else fail(connectionFailed(url, 'not a server of Socket.IO 4'));
    }
    if (type === packets.connectErrorType) fail(connectionRefused(url, payload));
    if (type === packets.disconnectType) fail(connectionEnded('io server disconnect'));
    if (type === packets.ackType) answer(id, payload);
    // An answer with bytes in it is none that we know of.
    if (type === packets.binaryAckType) answer(id, null);
  };
  const hear = (frame: Frame) => {
    if (frame.type === 'welcome') {
      frames = decoder?.createReader(frame.features) ?? null;
      for (const { room } of handshake.rooms) frames?.expect(room);
    }
    onFrame(frame);
  };
  const receive = (message: unknown) => {
    // An engine that is closing still hands over what arrives.
    if (phase === 'over') return;
    let arrival: Arrival;
    try {
      arrival = read(message, frames);
    } catch (cause) {
      fail(connectionEnded('parse error', cause));
      return;
    }
    if (!arrival) return;
    notices.notify({ type: 'received', message, ...arrival });
    if ('frame' in arrival) hear(arrival.frame);
    else if (arrival.packet.namespace === namespace) take(arrival.packet);
  };

  const engine = openEngine(options)
    .on('open', () => {
      phase = 'connecting';
      decoder = frameDecoder();
      const features = decoder?.features ?? [];
      send(packets.connectType, encodeHandshake({ ...handshake, features }));
    })
    .on('message', receive)
    .on('error', (error) => {
      // Where it was connected, the end comes with its reason.
      if (phase !== 'connected') fail(connectionFailed(url, error));
    })
    .on('close', (reason, details) => {
      fail(phase === 'opening' ? connectionFailed(url, reason) : connectionEnded(reason, details));
    });

  return {
    request(name, args, onAnswer) {
      const id = nextId;
      send(packets.eventType, [name, ...args], id);
      nextId += 1;
      answers.set(id, onAnswer);
    },
    expect(rooms) {
      for (const room of rooms) frames?.expect(room);
    },
    forget(rooms) {
      for (const room of rooms) frames?.leave(room);
    },
    close() {
      if (phase === 'connected') send(packets.disconnectType);
      end();
    },
  };
}
