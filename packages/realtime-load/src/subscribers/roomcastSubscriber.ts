import {
  createRealtimeClient,
  type RealtimeClient,
  type RoomPublication,
} from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { roomcastOptions } from '../connections/roomcastOptions.ts';
import { whenConnected } from '../connections/whenConnected.ts';
import type { Target } from '../plan/target.ts';
import { nowUs } from '../schedule/nowUs.ts';
import { findStamp } from '../schedule/stamp.ts';
import type { Arrival, OpenSubscriber, SubscriberEvents } from './subscriber.ts';

export interface RoomcastSubscriberOptions {
  readonly target: Target;
  readonly contract: AnyContract;
  readonly run: string;
  readonly observes: boolean;
}

/** Opens members of rooms of a Roomcast server, with the client that applications use. */
export function roomcastSubscribers(options: RoomcastSubscriberOptions): OpenSubscriber {
  const { target, contract, observes } = options;
  const read = observes
    ? observe
    : (publication: RoomPublication) => stamped(options.run, publication);

  return async ({ room, token, events }) => {
    const parsed = contract.parseRoom(room);
    if (!parsed) throw new Error(`The contract has no room "${room}".`);
    const client = createRealtimeClient(roomcastOptions(target, contract, token));
    try {
      const subscription = client.subscribe(parsed.kind, parsed.params);
      subscription.onPublication((publication) => {
        const arrival = read(publication);
        if (arrival) events.onArrival(arrival);
      });
      await whenConnected(client, subscription.joined());
      watch(client, events);
      const { epoch = '', offset = null } = subscription.position ?? {};
      const start = observes ? { base: offset, epoch } : { base: 0, epoch: '' };
      return { start, close: () => void client.close() };
    } catch (error) {
      await client.close();
      throw error;
    }
  };
}

function watch(client: RealtimeClient, events: SubscriberEvents): void {
  let isUp = true;
  client.watchState(({ status }) => {
    if (status === 'connected' && !isUp) events.onReconnect();
    isUp = status === 'connected';
  });
  client.onRecovery(({ status }) => status === 'gap' && events.onGap());
}

function stamped(run: string, { payload }: RoomPublication): Arrival | null {
  const stamp = findStamp(run, payload);
  if (!stamp) return null;
  return { sequence: stamp.sequence, epoch: '', latencyUs: nowUs() - stamp.intendedUs };
}

/** By the log's own numbers, and the server's clock. */
function observe({ delivery, counter, epoch, publishedAtMs }: RoomPublication): Arrival {
  const latencyUs = (Date.now() - publishedAtMs) * 1_000;
  return { sequence: delivery === 'reliable' ? counter : null, epoch, latencyUs };
}
