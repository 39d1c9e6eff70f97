import { createFrameReader } from '@roomcast/realtime-compression/frames';
import { parseFrame } from '@roomcast/realtime-contract';
import {
  agreedCompression,
  compressionFeatures,
  contractDictionary,
} from '@roomcast/realtime-contract/compressed-frames';
import type { Dialogue } from '../load/dialogue.ts';
import { framedDialogue } from '../load/framedDialogue.ts';
import { helloDialogue } from '../load/helloDialogue.ts';
import { stockDialogue } from '../load/stockDialogue.ts';
import type { UpgradeOptions } from '../load/webSocketUpgrade.ts';
import { type ContractName, contracts } from '../peers/contracts.ts';

export interface SubscriptionOptions {
  readonly token: string;
  readonly rooms: readonly string[];
  readonly contract: ContractName;
}

/** How the client of a contender gets into rooms, and reads what comes. */
export interface Subscription extends Omit<UpgradeOptions, 'port'> {
  readonly dialogue: Dialogue;
  /** What both ends agreed to send beyond text, once the dialogue is over. */
  agreed(): string;
  /** The payloads that a message brings. @throws where it is anything else */
  read(message: string | Buffer): readonly unknown[];
}

const dictionaries = {
  bench: contractDictionary(contracts.bench),
  ready: contractDictionary(contracts.ready),
};

const engine = { path: '/socket.io/?EIO=4&transport=websocket', offersDeflate: false };

const subscriptions = {
  framed: (options) => subscribeFramed(options, false),
  compressed: (options) => subscribeFramed(options, true),
  stock: (options) => ({ ...engine, ...subscribeStock(options) }),
  deflating: (options) => ({
    ...{ ...engine, offersDeflate: true, ...subscribeStock(options) },
    agreed: () => 'permessage-deflate',
  }),
  hello: (options) => ({
    ...{ path: '/', offersDeflate: false, agreed: () => 'text' },
    dialogue: helloDialogue(options),
    read: (message) => [JSON.parse(String(message)).payload],
  }),
} satisfies Record<string, (options: SubscriptionOptions) => Subscription>;

export type ClientKind = keyof typeof subscriptions;

export function subscribe(kind: ClientKind, options: SubscriptionOptions): Subscription {
  return subscriptions[kind](options);
}

function subscribeStock({ token, rooms }: SubscriptionOptions) {
  return {
    dialogue: stockDialogue({ token, rooms, atOnce: 1 }),
    agreed: () => 'text',
    read(message: string | Buffer) {
      const text = String(message);
      if (!text.startsWith('42[')) throw new Error(`Expected an event, got ${text.slice(0, 200)}`);
      return [JSON.parse(text.slice(2))[1]];
    },
  };
}

function subscribeFramed(options: SubscriptionOptions, compresses: boolean): Subscription {
  const contract = contracts[options.contract];
  const dictionary = dictionaries[options.contract];
  let agreed: ReturnType<typeof agreedCompression> = 'none';
  const reader = createFrameReader({ dictionary: dictionary.bytes });
  return {
    ...engine,
    dialogue: framedDialogue({
      ...{ token: options.token, rooms: options.rooms, contract },
      features: compresses ? compressionFeatures(dictionary) : [],
      onFeatures(features) {
        agreed = agreedCompression(features, dictionary);
      },
    }),
    agreed: () => (agreed === 'none' ? 'text' : agreed),
    read(message) {
      const text = typeof message === 'string' ? message.slice(1) : reader.read(message);
      const frame = parseFrame(text);
      if (frame.type === 'publications') return frame.publications.map(({ payload }) => payload);
      throw new Error(`Expected publications, got ${text.slice(0, 200)}`);
    },
  };
}
