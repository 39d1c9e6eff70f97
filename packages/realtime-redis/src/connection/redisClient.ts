import { createClient, defineScript, type RedisClientOptions } from 'redis';
import { appendLua } from '../scripts/appendLua.ts';
import { claimCallLua } from '../scripts/claimCallLua.ts';
import { endCallLua } from '../scripts/endCallLua.ts';
import { locateLua } from '../scripts/locateLua.ts';
import { readLua } from '../scripts/readLua.ts';
import { renewCallLua } from '../scripts/renewCallLua.ts';

/** Which script to run: of a room, or of a caller's calls. */
export type ScriptName = 'append' | 'read' | 'locate' | CallScriptName;

type CallScriptName = 'claimCall' | 'endCall' | 'renewCall';

/** How many keys a room has; all of them are named to every script. */
const keysPerRoom = 8;

/** How many a caller's calls have. */
const keysPerCaller = 3;

const scripts = {
  append: roomScript(appendLua),
  read: roomScript(readLua),
  locate: roomScript(locateLua),
  claimCall: keyedScript(claimCallLua, keysPerCaller),
  endCall: keyedScript(endCallLua, keysPerCaller),
  renewCall: keyedScript(renewCallLua, keysPerCaller),
};

/**
 * One connection to Redis, from its beginning to its end: it never reconnects and holds nothing back
 * while it is not connected. This folder is all that knows node-redis.
 */
export class RedisClient {
  readonly #client: ReturnType<typeof createScriptedClient>;
  #runId = '';
  #hasSocket = false;
  #isDestroyed = false;

  /** @param onLost - called once the connection is lost, and not for `destroy` */
  constructor(options: RedisClientOptions, onLost: (error: unknown) => void) {
    this.#client = createScriptedClient(options);
    this.#client.on('connect', () => {
      this.#hasSocket = true;
      // It was given up before it had a socket that could be closed.
      if (this.#isDestroyed) this.#client.destroy();
    });
    this.#client.on('error', (error) => {
      if (!this.#isDestroyed) onLost(error);
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

  async subscribe(channels: readonly string[], listener: NewsListener): Promise<void> {
    await this.#client.sSubscribe([...channels], listener);
  }

  async unsubscribe(channel: string, listener: NewsListener): Promise<void> {
    await this.#client.sUnsubscribe(channel, listener);
  }

  /** Ends the connection at once; what waits for an answer is rejected. Harmless when called twice. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    if (this.#hasSocket && this.#client.isOpen) this.#client.destroy();
  }
}

/** Hears what is published to a channel. */
export type NewsListener = (message: string, channel: string) => void;

function createScriptedClient(options: RedisClientOptions) {
  return createClient({
    ...options,
    RESP: 2,
    scripts,
    disableOfflineQueue: true,
    socket: { ...options.socket, reconnectStrategy: false },
  });
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
