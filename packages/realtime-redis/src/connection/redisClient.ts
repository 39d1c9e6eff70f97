import { createClient, defineScript, type RedisClientOptions } from 'redis';
import { appendLua } from '../scripts/appendLua.ts';
import { claimCallLua } from '../scripts/claimCallLua.ts';
import { countRateLua } from '../scripts/countRateLua.ts';
import { endCallLua } from '../scripts/endCallLua.ts';
import { enterPresenceLua } from '../scripts/enterPresenceLua.ts';
import { leavePresenceLua } from '../scripts/leavePresenceLua.ts';
import { locateLua } from '../scripts/locateLua.ts';
import { isNodeAliveLua, renewNodeLua } from '../scripts/nodeLeaseLua.ts';
import { readLua } from '../scripts/readLua.ts';
import { readPresenceLua } from '../scripts/readPresenceLua.ts';
import { renewCallLua } from '../scripts/renewCallLua.ts';
import { sweepPresenceLua } from '../scripts/sweepPresenceLua.ts';

/** Which script to run: of a room, of a rate, of a caller's calls, or of presence. */
export type ScriptName =
  | 'append'
  | 'read'
  | 'locate'
  | 'countRate'
  | CallScriptName
  | PresenceScriptName;

type CallScriptName = 'claimCall' | 'endCall' | 'renewCall';

type PresenceScriptName =
  | 'enterPresence'
  | 'leavePresence'
  | 'sweepPresence'
  | 'readPresence'
  | 'renewNode'
  | 'isNodeAlive';

/** How many keys a room has; all of them are named to every script. */
const keysPerRoom = 8;

/** How many a caller's calls have. */
const keysPerCaller = 3;

/** How many the presence in a room has. */
const keysPerPresence = 3;

const scripts = {
  append: roomScript(appendLua),
  read: roomScript(readLua),
  locate: roomScript(locateLua),
  countRate: keyedScript(countRateLua, 1),
  claimCall: keyedScript(claimCallLua, keysPerCaller),
  endCall: keyedScript(endCallLua, keysPerCaller),
  renewCall: keyedScript(renewCallLua, keysPerCaller),
  enterPresence: keyedScript(enterPresenceLua, keysPerPresence),
  leavePresence: keyedScript(leavePresenceLua, keysPerPresence),
  sweepPresence: keyedScript(sweepPresenceLua, keysPerPresence),
  readPresence: keyedScript(readPresenceLua, keysPerPresence),
  renewNode: keyedScript(renewNodeLua, 1),
  isNodeAlive: keyedScript(isNodeAliveLua, 1),
};

let first: ReturnType<typeof createFirst> | null = null;

/** What a connection tells by itself. */
export interface RedisClientEvents {
  /** The connection is lost; called once, and not for `destroy`. */
  onLost(error: unknown): void;
  /** Something was published to a channel that is subscribed. */
  onNews(client: RedisClient, channel: string, message: string): void;
  /** The server has ended the subscription of a channel, since another server holds it now. */
  onMoved(client: RedisClient, channel: string): void;
}

/** Slots of a cluster and the master that holds them; its host is '' where it is the one asked. */
export interface SlotRange {
  readonly from: number;
  readonly to: number;
  readonly host: string;
  readonly port: number;
}

/**
 * One connection to Redis, from its beginning to its end: it never reconnects and holds nothing back
 * while it is not connected. This folder is all that knows node-redis.
 */
export class RedisClient {
  readonly #client: ReturnType<typeof createScriptedClient>;
  readonly #onNews: (message: string, channel: string) => void;
  #runId = '';
  #hasSocket = false;
  #isDestroyed = false;

  constructor(options: RedisClientOptions, events: RedisClientEvents) {
    this.#client = createScriptedClient(options);
    this.#onNews = (message, channel) => events.onNews(this, channel, message);
    this.#client.on('connect', () => {
      this.#hasSocket = true;
      // It was given up before it had a socket that could be closed.
      if (this.#isDestroyed) this.#client.destroy();
    });
    this.#client.on('error', (error) => {
      if (!this.#isDestroyed) events.onLost(error);
    });
    this.#client.on('sharded-channel-moved', (channel: string) => {
      if (!this.#isDestroyed) events.onMoved(this, channel);
    });
  }

  /** Names the life of the server at the other end; known once connected. */
  get runId(): string {
    return this.#runId;
  }

  /** Resolves once commands are taken and the scripts are known to the server. */
  async connect(): Promise<void> {
    await this.#client.connect();
    const loading = Object.values(scripts).map(({ SCRIPT }) => this.#client.scriptLoad(SCRIPT));
    const [info] = await Promise.all([this.#client.info('server'), ...loading]);
    this.#runId = /^run_id:(\w+)/m.exec(info)?.[1] ?? '';
  }

  /** Runs a script; scripts that are called one after the other run in this order. */
  run(name: ScriptName, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    return this.#client[name](keys, args);
  }

  async publish(channel: string, message: string): Promise<void> {
    await this.#client.sPublish(channel, message);
  }

  /** @param channels - all of one slot, where the server is one of a cluster */
  async subscribe(channels: readonly string[]): Promise<void> {
    await this.#client.sSubscribe([...channels], this.#onNews);
  }

  async unsubscribe(channel: string): Promise<void> {
    await this.#client.sUnsubscribe(channel, this.#onNews);
  }

  /** Which masters hold the slots of the cluster, as far as this server knows. */
  async slots(): Promise<SlotRange[]> {
    const ranges = await this.#client.clusterSlots();
    return ranges.map(({ from, to, master: { host, port } }) => ({
      from,
      to,
      host: host ?? '',
      port,
    }));
  }

  /** Ends the connection at once; what waits for an answer is rejected. Harmless when called twice. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    if (this.#hasSocket && this.#client.isOpen) this.#client.destroy();
  }
}

function createScriptedClient(given: RedisClientOptions) {
  const { modules: _, functions: __, scripts: ___, ...options } = given;
  // Of the same class as the first: node-redis makes one for each `createClient`, in some 30 ms.
  first ??= createFirst();
  return first.duplicate({
    ...options,
    RESP: 2,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    // The broker has deadlines of its own.
    commandOptions: { timeout: 0 },
    socket: { ...options.socket, reconnectStrategy: false },
  });
}

function createFirst() {
  return createClient({ RESP: 2, scripts });
}

function roomScript(lua: string) {
  return keyedScript(lua, keysPerRoom);
}

function keyedScript(lua: string, keyCount: number) {
  return defineScript({
    SCRIPT: lua,
    NUMBER_OF_KEYS: keyCount,
    parseCommand(parser, keys: readonly string[], args: readonly string[]) {
      parser.pushKeys([...keys]);
      parser.push(...args);
    },
    transformReply: (reply: unknown) => reply,
  });
}
