import { AssertionError } from 'node:assert/strict';
import type { Publication, PublicationInput, PublishResult } from '@roomcast/realtime-contract';
import { describe, expect, test } from 'vitest';
import type { Broker, BrokerListener, BrokerSubscription, ReadResult } from '../broker.ts';
import { createMemoryBroker } from '../memory/createMemoryBroker.ts';
import { brokerConformance } from './brokerConformance.ts';

type Deliver = (publication: Publication) => void;
type Breaking = (sound: Broker) => Partial<Broker>;

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A broker that publishes otherwise than it should. */
const publishing =
  (
    publish: (input: PublicationInput, sound: Broker['publish']) => Promise<PublishResult>,
  ): Breaking =>
  (sound) => ({ publish: (input) => publish(input, sound.publish) });

/** A broker that hands publications over otherwise than it should. */
const delivering =
  (createDeliver: (sound: Deliver) => Deliver): Breaking =>
  (sound) => ({
    subscribe: (room, listener) => {
      const onPublication = createDeliver((publication) => listener.onPublication(publication));
      return sound.subscribe(room, { ...listener, onPublication });
    },
  });

/** A broker that subscribes otherwise than it should. */
const subscribing =
  (
    change: (
      subscription: BrokerSubscription,
      room: string,
      listener: BrokerListener,
      sound: Broker,
    ) => BrokerSubscription | Promise<BrokerSubscription>,
  ): Breaking =>
  (sound) => ({
    subscribe: async (room, listener) =>
      change(await sound.subscribe(room, listener), room, listener, sound),
  });

/** A broker that answers reads otherwise than it should. */
const reading =
  (change: (result: ReadResult) => ReadResult): Breaking =>
  (sound) => ({
    read: async (room, since, limit) => change(await sound.read(room, since, limit)),
  });

/** A broker with a memory for keys of its own kind. */
const remembering = (
  keyOf: (input: PublicationInput) => string | undefined,
  delay: () => Promise<unknown> = async () => {},
): Breaking => {
  const results = new Map<string, PublishResult>();
  return publishing(async ({ idempotencyKey, ...rest }, publish) => {
    const key = keyOf({ ...rest, ...(idempotencyKey !== undefined && { idempotencyKey }) });
    const earlier = key === undefined ? undefined : results.get(key);
    if (earlier) return earlier;
    await delay();
    const result = await publish(rest);
    if (key !== undefined) results.set(key, result);
    return result;
  });
};

/** A broker that calls its listeners itself, unguarded. */
const calling =
  (deliver: (publication: Publication, listeners: Set<BrokerListener>) => void): Breaking =>
  (sound) => {
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

const shifted = ({ position }: PublishResult, by: number): PublishResult => ({
  position: { ...position, offset: position.offset + by },
});

/** Each fault, how a sound broker gets it, and the promises that it breaks. */
const faults: readonly { fault: string; breaking: () => Breaking; breaks: readonly string[] }[] = [
  {
    fault: 'begins a room at offset 1',
    breaking: () => (sound) => ({
      position: async (room) => shifted({ position: await sound.position(room) }, 1).position,
    }),
    breaks: ['a room that nobody published to stands at offset 0 and revision 0'],
  },
  {
    fault: 'skips an offset',
    breaking: () =>
      publishing(async (input, publish) => {
        const result = await publish(input);
        return shifted(result, result.position.offset > 1 ? 1 : 0);
      }),
    breaks: [
      'reliable publications take consecutive offsets from 1, in the epoch the room stood in',
    ],
  },
  {
    fault: 'counts everything as reliable',
    breaking: () => publishing((input, publish) => publish({ ...input, delivery: 'reliable' })),
    breaks: [
      'latest publications take consecutive revisions and no offset',
      'volatile publications move neither offset nor revision',
    ],
  },
  {
    fault: 'keeps all rooms in one',
    breaking: () => (sound) => ({
      publish: (input) => sound.publish({ ...input, room: 'all' }),
      subscribe: (_, listener) => sound.subscribe('all', listener),
      position: () => sound.position('all'),
    }),
    breaks: [
      'each room has counters and an epoch of its own',
      'a follower hears nothing of other rooms',
    ],
  },
  {
    fault: 'answers with the position of some other room',
    breaking: () => (sound) => ({ position: () => sound.position('other') }),
    breaks: ['position() is where the last publish left the room'],
  },
  {
    fault: 'resolves with the position before the publish',
    breaking: () => publishing(async (input, publish) => shifted(await publish(input), -1)),
    breaks: ['a publish resolves with the position that its publication carries'],
  },
  {
    fault: 'takes bytes for characters',
    breaking: () =>
      delivering((deliver) => (publication) => {
        const text = Buffer.from(JSON.stringify(publication.payload)).toString('latin1');
        deliver({ ...publication, payload: JSON.parse(text) });
      }),
    breaks: ['room, event, delivery and any JSON payload arrive as they were published'],
  },
  {
    fault: 'drops key and causedBy',
    breaking: () =>
      delivering(
        (deliver) =>
          ({ key: _, causedBy: __, ...rest }) =>
            deliver(rest),
      ),
    breaks: ['key and causedBy arrive where they were given and nowhere else'],
  },
  {
    fault: 'gives every publication a key',
    breaking: () => delivering((deliver) => (publication) => deliver({ key: '', ...publication })),
    breaks: ['key and causedBy arrive where they were given and nowhere else'],
  },
  {
    fault: 'counts time in seconds',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver({ ...publication, publishedAtMs: Math.floor(publication.publishedAtMs / 1_000) });
      }),
    breaks: ['publishedAtMs is the time of the publish in milliseconds'],
  },
  {
    fault: 'hands idempotency keys to followers',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver(Object.assign({}, publication, { idempotencyKey: 'order-1' }));
      }),
    breaks: ['the idempotency key never reaches a follower'],
  },
  {
    fault: 'delivers twice',
    breaking: () =>
      delivering((deliver) => (publication) => {
        deliver(publication);
        deliver(publication);
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'the same listener may follow a room twice, and hears everything twice',
    ],
  },
  {
    fault: 'reorders',
    breaking: () =>
      delivering((deliver) => {
        const held: Publication[] = [];
        return (publication) => {
          held.unshift(publication);
          if (held.length === 2) for (const next of held.splice(0)) deliver(next);
        };
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'every follower hears concurrent publishes in the order of their positions, none missing',
    ],
  },
  {
    fault: 'loses every third publication',
    breaking: () =>
      delivering((deliver) => (publication) => {
        if (publication.position.offset % 3 > 0) deliver(publication);
      }),
    breaks: [
      'every follower hears each publication once, in order',
      'every follower hears concurrent publishes in the order of their positions, none missing',
    ],
  },
  {
    fault: 'tells of a gap that never was',
    breaking: () =>
      subscribing((subscription, _, listener) => {
        listener.onGap('overflow', subscription.position);
        return subscription;
      }),
    breaks: ['every follower hears each publication once, in order'],
  },
  {
    fault: 'delivers only what is reliable',
    breaking: () =>
      delivering((deliver) => (publication) => {
        if (publication.delivery === 'reliable') deliver(publication);
      }),
    breaks: ['followers hear latest and volatile publications too'],
  },
  {
    fault: 'greets a new follower with the last publication',
    breaking: () =>
      subscribing((subscription, room, listener) => {
        const { position } = subscription;
        const last = { room, event: 'conformance-event', payload: 'b', publishedAtMs: 0 };
        listener.onPublication({ ...last, delivery: 'reliable', position });
        return subscription;
      }),
    breaks: ['a follower hears what comes after its position and nothing from before'],
  },
  {
    fault: 'begins an epoch with the first publication',
    breaking: () =>
      subscribing((subscription) => {
        const { position, unsubscribe } = subscription;
        return position.offset > 0
          ? subscription
          : { position: { ...position, epoch: 'unused' }, unsubscribe };
      }),
    breaks: ['the first publication follows the position that an unused room was joined at'],
  },
  {
    fault: 'looks at the position only after subscribing',
    breaking: () =>
      subscribing(async ({ unsubscribe }, room, _, sound) => {
        await turn();
        return { position: await sound.position(room), unsubscribe };
      }),
    breaks: [
      'a follower that joins amid concurrent publishes hears exactly what follows its position',
    ],
  },
  {
    fault: 'delivers after unsubscribe',
    breaking: () => subscribing(({ position }) => ({ position, unsubscribe: () => {} })),
    breaks: ['a follower hears nothing once it has unsubscribed, while others go on'],
  },
  {
    fault: 'ends a subscription a turn late',
    breaking: () =>
      subscribing(({ position, unsubscribe }) => ({
        position,
        unsubscribe: () => void turn().then(unsubscribe),
      })),
    breaks: [
      'a follower that unsubscribes while it is called hears nothing more',
      'a follower that another one unsubscribes while it is called hears nothing more',
    ],
  },
  {
    fault: 'keeps one subscription for each listener',
    breaking: () => (sound) => {
      const subscriptions = new Map<BrokerListener, Promise<BrokerSubscription>>();
      return {
        subscribe(room, listener) {
          const subscription = subscriptions.get(listener) ?? sound.subscribe(room, listener);
          subscriptions.set(listener, subscription);
          return subscription;
        },
      };
    },
    breaks: [
      'the same listener may follow a room twice, and hears everything twice',
      'unsubscribing twice is harmless, also to the same listener in the same room',
    ],
  },
  {
    fault: 'takes positions in the reverse order of concurrent calls',
    breaking: () => {
      const waiting: (() => void)[] = [];
      return publishing(async (input, publish) => {
        await new Promise<void>((resolve) => {
          waiting.unshift(resolve);
          if (waiting.length > 1) return;
          setImmediate(() => {
            for (const proceed of waiting.splice(0)) proceed();
          });
        });
        return publish(input);
      });
    },
    breaks: ['concurrent publishes take offsets in the order of their calls'],
  },
  {
    fault: 'calls listeners unguarded, in the middle of one another',
    breaking: () =>
      calling((publication, listeners) => {
        for (const listener of [...listeners]) listener.onPublication(publication);
      }),
    breaks: [
      'a follower that publishes while it is called keeps the order for everyone',
      'a listener that throws hurts neither the publisher nor other followers nor itself',
    ],
  },
  {
    fault: 'hands waiting publications to whoever follows by then',
    breaking: () => {
      const waiting: Publication[] = [];
      return calling((publication, listeners) => {
        waiting.push(publication);
        if (waiting.length > 1) return;
        for (let next = waiting[0]; next; next = waiting[0]) {
          for (const listener of [...listeners]) listener.onPublication(next);
          waiting.shift();
        }
      });
    },
    breaks: [
      'a follower that joins from a callback does not hear what its position already counts',
    ],
  },
  {
    fault: 'ignores idempotency keys',
    breaking: () => remembering(() => undefined),
    breaks: [
      'a reliable publish with the key of an earlier one is not published, and gets its result',
      'a latest publish with the key of an earlier one is not published, and gets its result',
      'a volatile publish with the key of an earlier one is not published, and gets its result',
    ],
  },
  {
    fault: 'remembers an idempotency key too late',
    breaking: () => remembering(({ room, idempotencyKey: key }) => key && `${room}\n${key}`, turn),
    breaks: [
      'of concurrent publishes with the same key one is published, and all get its result',
      'a follower that publishes again with the key it is just hearing of publishes nothing',
    ],
  },
  {
    fault: 'forgets the room of an idempotency key',
    breaking: () => remembering(({ idempotencyKey }) => idempotencyKey),
    breaks: ['the same key in another room is another publication'],
  },
  {
    fault: 'takes an equal payload for a retry',
    breaking: () => remembering(({ room, payload }) => `${room}\n${payload}`),
    breaks: ['publishes with other keys, or without one, are published each time'],
  },
  {
    fault: 'joins room and key by a colon',
    breaking: () => remembering(({ room, idempotencyKey: key }) => key && `${room}:${key}`),
    breaks: ['a room and a key are not mistaken for another pair that reads the same when joined'],
  },
  {
    fault: 'calls every read a gap',
    breaking: () =>
      reading(({ position }) => ({ status: 'gap', reason: 'overflow', missed: 0, position })),
    breaks: [
      'reading on from the current position continues with nothing',
      'reading on in a room that nobody published to continues with nothing',
      'reading without a position continues from now, with nothing reliable from before',
      'a volatile publication is never missed',
    ],
  },
  {
    fault: 'never says that something was missed',
    breaking: () =>
      reading(({ position }) => ({ status: 'continued', publications: [], position })),
    breaks: [
      'reading on from another epoch is a gap: epoch-changed',
      'reading on from an offset ahead of the room is a gap: epoch-changed',
      'reading on from a revision ahead of the room is a gap: epoch-changed',
      'missed reliable publications are replayed exactly, or a gap counts them exactly',
      'a missed latest value is handed over, or is a gap that misses nothing reliable',
    ],
  },
  {
    fault: 'counts one too many as missed',
    breaking: () =>
      reading((result) =>
        result.status === 'gap' ? { ...result, missed: (result.missed ?? 0) + 1 } : result,
      ),
    breaks: [
      'missed reliable publications are replayed exactly, or a gap counts them exactly',
      'a read returns no more than its limit, and reading on reaches the end',
      'a missed latest value is handed over, or is a gap that misses nothing reliable',
    ],
  },
  {
    fault: 'publishes after close',
    breaking: () =>
      publishing((input, publish) =>
        publish(input).catch(() => createMemoryBroker().publish(input)),
      ),
    breaks: ['publish and subscribe reject with CLOSED once the broker is closed'],
  },
  {
    fault: 'refuses to close twice',
    breaking: () => (sound) => ({
      async close() {
        if (sound.health().status === 'down') throw new Error('Closed before.');
        await sound.close();
      },
    }),
    breaks: ['closing twice is harmless, also at the same time'],
  },
  {
    fault: 'refuses to unsubscribe after close',
    breaking: () =>
      subscribing(({ position, unsubscribe }, _, __, sound) => ({
        position,
        unsubscribe() {
          if (sound.health().status === 'down') throw new Error('Closed before.');
          unsubscribe();
        },
      })),
    breaks: ['unsubscribing is harmless once the broker is closed'],
  },
  {
    fault: 'delivers what it has in hand after close',
    breaking: () =>
      delivering((deliver) => (publication) => void turn().then(() => deliver(publication))),
    breaks: ['a follower hears nothing once the broker is closed'],
  },
  {
    fault: 'is always up',
    breaking: () => () => ({ health: () => ({ status: 'up' }) }),
    breaks: ['health is up while the broker works and down once it is closed'],
  },
];

function casesOfBrokerThat(breaking: () => Breaking) {
  const createBroker = () => {
    const sound = createMemoryBroker();
    return { ...sound, ...breaking()(sound) };
  };
  return brokerConformance(createBroker, { deliveryTimeoutMs: 20 });
}

describe.each(faults)('a broker that $fault', ({ breaking, breaks }) => {
  test.each(breaks)('breaks the promise that %s', async (promise) => {
    const broken = casesOfBrokerThat(breaking).find(({ name }) => name === promise);
    expect(broken, 'a case of that name').toBeDefined();
    await expect(broken?.run()).rejects.toBeInstanceOf(AssertionError);
  });
});

test('every promise of the suite is broken by one of the brokers above', () => {
  const broken = new Set(faults.flatMap(({ breaks }) => breaks));
  const promises = brokerConformance(createMemoryBroker).map(({ name }) => name);
  expect(promises.filter((name) => !broken.has(name))).toEqual([]);
});
