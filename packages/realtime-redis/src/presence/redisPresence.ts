import type { PresenceBounds, PresenceMember, PresenceState } from '@roomcast/realtime-broker';
import { RoomcastError } from '@roomcast/realtime-contract';
import type { ScriptName } from '../connection/redisClient.ts';
import type { RedisLink } from '../following/createLink.ts';
import { nodeKey, presenceKeys } from './presenceKeys.ts';

export interface RedisPresenceOptions extends PresenceBounds {
  readonly link: Pick<RedisLink, 'use'>;
  readonly keyPrefix: string;
  /** Names this life of this process. */
  readonly node: string;
  readonly lifeMs: number;
}

/** A room as Redis knows it. */
export interface PresenceReading extends PresenceState {
  /** Grows by one with each change. */
  readonly version: number;
  /** Those that have members in the room. */
  readonly nodes: readonly string[];
}

/** A member that this process has in a room. */
export interface HeldMember {
  readonly room: string;
  readonly member: PresenceMember;
  readonly holder: string;
}

/** The presence in all rooms, as scripts that run in Redis. All throw `CONNECTION_FAILED`. */
export class RedisPresence {
  readonly #options: RedisPresenceOptions;

  constructor(options: RedisPresenceOptions) {
    this.#options = options;
  }

  /** The channel that tells the changes of a room. */
  channel(room: string): string {
    return presenceKeys(this.#options.keyPrefix, room).news;
  }

  /** @param isAgain - only to be there once more, unless somebody else holds it by now */
  async enter({ room, member, holder }: HeldMember, isAgain: boolean): Promise<void> {
    const { node, maxMembers } = this.#options;
    const { id, userId, data } = member;
    const texts = [id, JSON.stringify({ id, userId, data }), JSON.stringify(id)];
    const rest = [node, holder, `${maxMembers}`, isAgain ? '1' : '0'];
    await this.#run('enterPresence', room, [...texts, ...rest]);
  }

  async leave(room: string, id: string, holder: string): Promise<void> {
    await this.#run('leavePresence', room, [id, holder]);
  }

  async sweep(room: string, node: string): Promise<void> {
    await this.#run('sweepPresence', room, [node]);
  }

  /** @param hasMembers - false where their number is enough */
  async read(room: string, hasMembers = true): Promise<PresenceReading> {
    const reply = await this.#run('readPresence', room, [hasMembers ? '1' : '0']);
    const [version, count, nodes, texts] = Array.isArray(reply) ? reply : [];
    if (!Array.isArray(nodes) || !Array.isArray(texts)) {
      throw new RoomcastError(
        'INTERNAL',
        'Redis answered something that no script of this version does. Give other programs another `keyPrefix`.',
      );
    }
    const members = texts.map((text) => JSON.parse(text) as PresenceMember);
    return { version: Number(version), count: Number(count), nodes, members };
  }

  /** @returns whether this process was alive until now, for all others */
  async renew(): Promise<boolean> {
    return this.#atNode('renewNode', this.#options.node, [`${this.#options.lifeMs}`]);
  }

  /** Is dead from now on. */
  async die(): Promise<void> {
    await this.#atNode('renewNode', this.#options.node, ['0']);
  }

  async isAlive(node: string): Promise<boolean> {
    return node === this.#options.node || this.#atNode('isNodeAlive', node, []);
  }

  async #atNode(script: ScriptName, node: string, args: readonly string[]): Promise<boolean> {
    const { link, keyPrefix } = this.#options;
    const key = nodeKey(keyPrefix, node);
    return (await link.use(key, (client) => client.run(script, [key], args))) === 1;
  }

  #run(script: ScriptName, room: string, args: readonly string[]): Promise<unknown> {
    const { link, keyPrefix } = this.#options;
    const { all, news } = presenceKeys(keyPrefix, room);
    return link.use(news, (client) => client.run(script, all, args));
  }
}
