import type { Socket } from 'socket.io-client';
import { openSocket, say } from '../connections/socketIoConnection.ts';
import { fillTemplate } from '../fillTemplate.ts';
import type { Target } from '../plan/target.ts';
import { nowUs } from '../schedule/nowUs.ts';
import { findStamp } from '../schedule/stamp.ts';
import type { OpenSubscriber, SubscriberEvents } from './subscriber.ts';

export interface SocketIoSubscriberOptions {
  readonly target: Target;
  readonly run: string;
  /** Without stamps every event is one, and nothing more is known of it. */
  readonly observes: boolean;
}

/** Opens stock Socket.IO clients that are in rooms of any Socket.IO server. */
export function socketIoSubscribers(options: SocketIoSubscriberOptions): OpenSubscriber {
  const { target, run, observes } = options;
  const { join, acknowledges } = target;

  const hear = (args: readonly unknown[], events: SubscriberEvents) => {
    const stamp = observes ? null : findStamp(run, args);
    if (!stamp && !observes) return;
    events.onArrival({
      sequence: stamp?.sequence ?? null,
      epoch: '',
      latencyUs: stamp && nowUs() - stamp.intendedUs,
    });
  };
  const enter = async (socket: Socket, room: string) => {
    if (join) await say(socket, join.event, fillTemplate(join.input, { room }), acknowledges);
  };

  return async ({ room, token, events }) => {
    const socket = await openSocket(target, token, (opening) =>
      opening.onAny((...args) => hear(args, events)),
    );
    try {
      await enter(socket, room);
    } catch (error) {
      socket.disconnect();
      throw error;
    }
    // A stock server has forgotten the rooms of a connection that is gone.
    socket.on('connect', () => {
      events.onReconnect();
      enter(socket, room).catch(() => events.onGap());
    });
    return { start: { base: 0, epoch: '' }, close: () => void socket.disconnect() };
  };
}
