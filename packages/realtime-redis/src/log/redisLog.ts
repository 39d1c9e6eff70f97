import type {
  HistoryBounds,
  LatestBounds,
  ReadLimits,
  ReadResult,
} from '@roomcast/realtime-broker';
import { createEpoch } from '@roomcast/realtime-broker/log';
import type { Clock, Position, PublicationInput, PublishResult } from '@roomcast/realtime-contract';
import type { RedisClient } from '../connection/redisClient.ts';
import { readPosition, readReadResult } from './replies.ts';
import { roomKeys } from './roomKeys.ts';

/** How long an idempotency key is remembered. */
const onceWindowMs = 5 * 60_000;

/** The most idempotency keys of a room that are remembered; the oldest go first. */
const maxOnceKeys = 100_000;

export interface RedisLogOptions {
  readonly keyPrefix: string;
  readonly history: HistoryBounds;
  readonly latest: LatestBounds;
  readonly forgetAfterMs: number;
  readonly trustsPersistence: boolean;
  readonly clock: Clock;
}

/** The logs of the rooms, as scripts that run in Redis. */
export class RedisLog {
  readonly #options: RedisLogOptions;

  constructor(options: RedisLogOptions) {
    this.#options = options;
  }

  /** The channel that tells what is published to a room. */
  channel(room: string): string {
    return roomKeys(this.#options.keyPrefix, room).news;
  }

  /** @param payloadText - the payload as JSON */
  async append(
    client: RedisClient,
    input: PublicationInput,
    payloadText: string,
  ): Promise<PublishResult> {
    const { payload: _, idempotencyKey, ...header } = input;
    const { room, delivery, event, key, removed } = header;
    const { history, latest } = this.#options;
    const reply = await client.run('append', this.#keys(room), [
      ...this.#opening(client),
      delivery,
      JSON.stringify(header).slice(1, -1),
      payloadText,
      JSON.stringify([event, key]),
      removed ? '1' : '',
      // As JSON it is never empty, and UTF-8 can carry it whatever it holds.
      idempotencyKey === undefined ? '' : JSON.stringify(idempotencyKey),
      ...[onceWindowMs, maxOnceKeys].map(String),
      ...[history.maxPublications, history.maxBytes, latest.maxKeys, latest.maxBytes].map(String),
    ]);
    return { position: readPosition(reply) };
  }

  async read(
    client: RedisClient,
    room: string,
    since: Position | null,
    { maxPublications, maxBytes }: ReadLimits,
  ): Promise<ReadResult> {
    const { epoch, offset, revision } = since ?? { epoch: '', offset: 0, revision: 0 };
    const reply = await client.run('read', this.#keys(room), [
      ...this.#opening(client),
      epoch,
      ...[offset, revision, maxPublications, maxBytes].map(String),
    ]);
    return readReadResult(reply, since, this.#options.clock.now());
  }

  async locate(client: RedisClient, room: string): Promise<Position> {
    return readPosition(await client.run('locate', this.#keys(room), this.#opening(client)));
  }

  #keys(room: string): readonly string[] {
    return roomKeys(this.#options.keyPrefix, room).all;
  }

  /** What every script begins with. */
  #opening({ runId }: RedisClient): string[] {
    const { clock, history, forgetAfterMs, trustsPersistence } = this.#options;
    const now = String(Math.floor(clock.now()));
    const life = trustsPersistence ? '' : runId;
    return [life, createEpoch(), now, String(history.maxAgeMs), String(forgetAfterMs)];
  }
}
