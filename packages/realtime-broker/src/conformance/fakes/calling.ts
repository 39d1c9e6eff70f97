import type { Publication } from '@roomcast/realtime-contract';
import type { BrokerListener } from '../../broker.ts';
import type { Breaking } from './breaking.ts';

/** A broker that calls its listeners itself, unguarded. */
export function calling(
  deliver: (publication: Publication, listeners: Set<BrokerListener>) => void,
): Breaking {
  return (sound) => {
    const rooms = new Map<string, Set<BrokerListener>>();
    const listenersOf = (room: string) => {
      const listeners = rooms.get(room) ?? new Set<BrokerListener>();
      rooms.set(room, listeners);
      return listeners;
    };
    return {
      async publish(input) {
        const heard: Publication[] = [];
        const capturing = sound.subscribe(input.room, {
          onPublication: (publication) => heard.push(publication),
          onGap: () => {},
        });
        const result = sound.publish(input);
        capturing.then(({ unsubscribe }) => unsubscribe());
        // What it captures later belongs to calls of their own.
        if (heard[0]) deliver(heard[0], listenersOf(input.room));
        return result;
      },
      async subscribe(room, listener) {
        const position = sound.position(room);
        const follower: BrokerListener = {
          onPublication: (publication) => listener.onPublication(publication),
          onGap: () => {},
        };
        listenersOf(room).add(follower);
        return {
          position: await position,
          unsubscribe: () => void listenersOf(room).delete(follower),
        };
      },
    };
  };
}
