import { type Broker, createMemoryBroker, type ReadResult } from '@roomcast/realtime-broker';
import {
  type Clock,
  isRoomcastError,
  type Position,
  type PublicationInput,
  systemClock,
} from '@roomcast/realtime-contract';
import { expect } from 'vitest';
import { createRedisBroker } from '../createRedisBroker.ts';
import { EpochPairs } from './epochPairs.ts';
import { type Followed, followBoth } from './followBoth.ts';
import type { TwinBounds } from './twinBounds.ts';
import { type TwinStep, twinRooms } from './twinSteps.ts';

/** Positions of the same moment in both. */
type PositionPair = readonly [Position, Position] | readonly [null, null];

/** A log in memory and one in Redis, to which the same happens, and which have to say the same. */
export class BrokerTwins implements AsyncDisposable {
  readonly #memory: Broker;
  readonly #redis: Broker;
  readonly #epochs = new EpochPairs();
  readonly #known = new Map<string, PositionPair[]>(
    twinRooms.map((room) => [room, [[null, null]]]),
  );
  readonly #followings: Followed[] = [];
  #nowMs = 1_000_000;

  constructor(bounds: TwinBounds, url: string, keyPrefix: string) {
    const clock: Clock = { ...systemClock, now: () => this.#nowMs };
    this.#memory = createMemoryBroker({ ...bounds, clock });
    this.#redis = createRedisBroker({ ...bounds, clock, url, keyPrefix });
  }

  async take(step: TwinStep): Promise<void> {
    if (step.type === 'publish') await this.#publish(step.inputs);
    else if (step.type === 'advance') this.#nowMs += step.byMs;
    else if (step.type === 'read') await this.#read(step);
    else if (step.type === 'position') await this.#locate(step.room);
    else if (step.type === 'follow') await this.#follow(step.room);
    else await this.#unfollow(step.which);
  }

  /** Nothing may come behind what both have heard: a last publication of each room is the last. */
  async finish(): Promise<void> {
    const [event, delivery] = ['last', 'volatile'] as const;
    await this.#publish(twinRooms.map((room) => ({ room, event, delivery, payload: null })));
    await this.#compareAll();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([this.#memory.close(), this.#redis.close()]);
  }

  async #publish(inputs: readonly PublicationInput[]): Promise<void> {
    const publishAll = (broker: Broker) =>
      Promise.all(inputs.map((input) => broker.publish(input).catch(codeOf)));
    const [memory, redis] = [await publishAll(this.#memory), await publishAll(this.#redis)];
    this.#expectSame(memory, redis);
    for (const [index, { room }] of inputs.entries()) {
      const [one, other] = [memory[index], redis[index]];
      if (one && other && 'position' in one && 'position' in other) {
        this.#known.get(room)?.push([one.position, other.position]);
      }
    }
  }

  async #read({ room, from, beside, limits }: Extract<TwinStep, { type: 'read' }>): Promise<void> {
    const known = this.#known.get(room) ?? [];
    const [memorySince, redisSince] = known[from % known.length] ?? [null, null];
    const memory = await this.#memory.read(room, moved(memorySince, beside), limits);
    const redis = await this.#redis.read(room, moved(redisSince, beside), limits);
    this.#expectSame(withoutQuiet(memory), withoutQuiet(redis));
    known.push([memory.next, redis.next]);
  }

  async #locate(room: string): Promise<void> {
    this.#expectSame(await this.#memory.position(room), await this.#redis.position(room));
  }

  async #follow(room: string): Promise<void> {
    // Whoever joins a feed begins where the feed stands: behind what is on its way to it.
    await this.#compareAll();
    const followed = await followBoth([this.#memory, this.#redis], room);
    this.#expectSame(...followed.positions);
    this.#followings.push(followed);
  }

  async #unfollow(which: number): Promise<void> {
    const [following] = this.#followings.splice(which % (this.#followings.length || 1), 1);
    if (!following) return;
    // What is on its way from Redis would not be heard any more.
    await this.#compareHeard(following);
    following.unsubscribe();
  }

  async #compareAll(): Promise<void> {
    for (const following of this.#followings) await this.#compareHeard(following);
  }

  async #compareHeard(followed: Followed): Promise<void> {
    this.#expectSame(...(await followed.heard()));
  }

  #expectSame(memory: unknown, redis: unknown): void {
    expect(this.#epochs.translate(memory, redis)).toStrictEqual(redis);
  }
}

/** The two count how long a room was quiet by different clocks: Redis by its own. */
function withoutQuiet({ quietSinceMs: _, ...result }: ReadResult): object {
  return result;
}

function moved(position: Position | null, [offset, revision]: readonly [number, number]) {
  return (
    position && {
      epoch: position.epoch,
      offset: Math.max(0, position.offset + offset),
      revision: Math.max(0, position.revision + revision),
    }
  );
}

function codeOf(error: unknown): { readonly code: string } {
  return { code: isRoomcastError(error) ? error.code : String(error) };
}
