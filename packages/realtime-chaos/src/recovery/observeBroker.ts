import type { Broker } from '@roomcast/realtime-broker';
import type { Position, PublicationInput } from '@roomcast/realtime-contract';

/** A broker with somebody who looks on. */
export interface ObservedBroker extends Broker {
  /** Whether anybody follows the room. */
  isFollowed(room: string): boolean;
}

export interface BrokerObserver {
  /**
   * Hears of every publish in the order of the calls, whoever makes them.
   *
   * @returns hears the position that the broker answered with
   */
  onPublish(input: PublicationInput): (answered: Position) => void;
  /** A room is followed, or not any more. */
  onChanged(): void;
}

export function observeBroker(broker: Broker, observer: BrokerObserver): ObservedBroker {
  const followers = new Map<string, number>();
  const count = (room: string, by: number) => {
    followers.set(room, (followers.get(room) ?? 0) + by);
    observer.onChanged();
  };
  return {
    ...broker,
    isFollowed: (room) => (followers.get(room) ?? 0) > 0,
    async publish(input) {
      const publishing = broker.publish(input);
      const onAnswer = observer.onPublish(input);
      const result = await publishing;
      onAnswer(result.position);
      return result;
    },
    async subscribe(room, listener) {
      const { position, unsubscribe } = await broker.subscribe(room, listener);
      count(room, 1);
      let isEnded = false;
      return {
        position,
        unsubscribe() {
          unsubscribe();
          if (!isEnded) count(room, -1);
          isEnded = true;
        },
      };
    },
  };
}
