import type {
  Position,
  Publication,
  PublicationInput,
  PublishResult,
} from '@roomcast/realtime-contract';
import type {
  Broker,
  BrokerListener,
  BrokerSubscription,
  ReadLimits,
  ReadResult,
} from '../../broker.ts';
import type { BrokerSettings } from '../brokerSettings.ts';

export type Deliver = (publication: Publication) => void;

/** What of a sound broker is replaced, so that it is broken. */
export type Breaking = (sound: Broker, settings: BrokerSettings) => Partial<Broker>;

/** What a reader asked, and of whom. */
export interface Ask {
  readonly room: string;
  readonly since: Position | null;
  readonly limits: ReadLimits;
  readonly sound: Broker;
  readonly settings: BrokerSettings;
}

/** A broker that publishes otherwise than it should. */
export function publishing(
  publish: (input: PublicationInput, sound: Broker['publish']) => Promise<PublishResult>,
): Breaking {
  return (sound) => ({ publish: (input) => publish(input, sound.publish) });
}

/** A broker that hands publications over otherwise than it should. */
export function delivering(createDeliver: (sound: Deliver) => Deliver): Breaking {
  return (sound) => ({
    subscribe: (room, listener) => {
      const onPublication = createDeliver((publication) => listener.onPublication(publication));
      return sound.subscribe(room, { ...listener, onPublication });
    },
  });
}

/** A broker that subscribes otherwise than it should. */
export function subscribing(
  change: (
    subscription: BrokerSubscription,
    room: string,
    listener: BrokerListener,
    sound: Broker,
  ) => BrokerSubscription | Promise<BrokerSubscription>,
): Breaking {
  return (sound) => ({
    subscribe: async (room, listener) =>
      change(await sound.subscribe(room, listener), room, listener, sound),
  });
}

/** A broker that answers reads otherwise than it should. */
export function reading(
  change: (result: ReadResult, ask: Ask) => ReadResult | Promise<ReadResult>,
): Breaking {
  return (sound, settings) => ({
    read: async (room, since, limits) => {
      const ask = { room, since, limits, sound, settings };
      return change(await sound.read(room, since, limits), ask);
    },
  });
}

/** A broker that reads other publications than it should. */
export function readingPublications(
  change: (publications: readonly Publication[], ask: Ask) => readonly Publication[],
): Breaking {
  return reading((result, ask) =>
    result.status === 'gap'
      ? result
      : { ...result, publications: change(result.publications, ask) },
  );
}

/** A broker that remembers what was published, and reads otherwise for it. */
export function recalling(
  change: (result: ReadResult, published: readonly Publication[], ask: Ask) => ReadResult,
): Breaking {
  const published: Publication[] = [];
  return (sound, settings) => ({
    ...reading((result, ask) => {
      const ofRoom = published.filter(({ room }) => room === ask.room);
      return change(result, ofRoom, ask);
    })(sound, settings),
    async publish(input) {
      const result = await sound.publish(input);
      published.push({ ...input, ...result, publishedAtMs: Date.now() });
      return result;
    },
  });
}

export function shifted({ position }: PublishResult, by: number): PublishResult {
  return { position: { ...position, offset: position.offset + by } };
}

/** Lets everything else go on that can. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
