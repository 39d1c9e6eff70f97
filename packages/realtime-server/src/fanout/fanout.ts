import type {
  Clock,
  Metrics,
  Position,
  Publication,
  ReportError,
} from '@roomcast/realtime-contract';
import type { Dialect } from '../dialects/dialect.ts';
import type { RoomNews } from '../rooms/roomFollower.ts';
import type { DialectName, Session } from '../session/session.ts';
import type { Membership } from '../socket-io/membership.ts';
import type { FrameCompressor } from './frameCompressor.ts';
import { OutgoingBatch } from './outgoingBatch.ts';
import { positionBefore } from './positionBefore.ts';
import { type Batch, type BatchOptions, RoomBatches } from './roomBatches.ts';

/** The most bytes that may wait for a connection that is still sent `volatile` publications. */
const maxVolatileBytes = 65_536;

export interface FanoutHost {
  readonly membership: Membership;
  readonly dialects: Readonly<Record<DialectName, Dialect>>;
  readonly compressor: FrameCompressor;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly report: ReportError;
  readonly batching: BatchOptions;
  /** The most bytes that may wait for a connection; past it, it is caught up from the log. */
  readonly maxQueueBytes: number;
  findSession(id: string): Session | undefined;
  /** Has a session read from the log what follows a position. */
  pause(session: Session, room: string, since: Position): void;
}

/** Hands news of a room to its members on this node, in order, encoded once for all of them. */
export class Fanout implements RoomNews {
  readonly #host: FanoutHost;
  readonly #batches: RoomBatches;
  /** The batches of rooms whose first is being compressed on another thread. */
  readonly #lines = new Map<string, OutgoingBatch[]>();

  constructor(host: FanoutHost) {
    this.#host = host;
    this.#batches = new RoomBatches(host.batching, host.clock, (batch) => this.#send(batch));
  }

  onPublication(publication: Publication): void {
    this.#batches.add(publication);
  }

  onGap(room: string, since: Position): void {
    this.flush(room);
    for (const session of this.#liveSessionsIn(room)) this.#host.pause(session, room, since);
  }

  onUnfollow(room: string): void {
    this.flush(room);
    this.#host.compressor.forget(room);
  }

  /**
   * Writes what waits for its batch or for being compressed. From then on the members of the room
   * have been told all its news; to be called before anybody becomes one of them or ceases to be.
   */
  flush(room: string): void {
    this.#batches.flush(room);
    const line = this.#lines.get(room) ?? [];
    this.#lines.delete(room);
    for (const batch of line) this.#write(batch, this.#liveSessionsIn(room));
  }

  /** Writes what waits everywhere, and leaves no timer. */
  close(): void {
    this.#batches.close();
    for (const room of this.#lines.keys()) this.flush(room);
  }

  #send(publications: Batch): void {
    const { dialects, compressor } = this.#host;
    const batch = new OutgoingBatch(publications, dialects, compressor);
    const line = this.#lines.get(publications[0].room);
    if (line) line.push(batch);
    else this.#begin(batch);
  }

  #begin(batch: OutgoingBatch): void {
    const [{ room }] = batch.batch;
    const sessions = this.#liveSessionsIn(room);
    const prepared = batch.prepare(sessions);
    if (!prepared) {
      this.#write(batch, sessions);
      return;
    }
    this.#lines.set(room, [batch]);
    prepared
      .catch((error: unknown) => this.#host.report(error, 'compressing a frame'))
      .then(() => this.#advance(room, batch));
  }

  /** Writes the first batch of a line, and goes on with the next; unless all were flushed. */
  #advance(room: string, batch: OutgoingBatch): void {
    const line = this.#lines.get(room);
    if (line?.[0] !== batch) return;
    const [, next, ...rest] = line;
    this.#lines.delete(room);
    this.#write(batch, this.#liveSessionsIn(room));
    if (!next) return;
    this.#begin(next);
    for (const waiting of rest) {
      const behind = this.#lines.get(room);
      if (behind) behind.push(waiting);
      else this.#begin(waiting);
    }
  }

  #write(outgoing: OutgoingBatch, sessions: readonly Session[]): void {
    const { maxQueueBytes } = this.#host;
    const { batch } = outgoing;
    const [{ room }] = batch;
    for (const session of sessions) {
      const { connection } = session;
      const { waitingBytes } = connection;
      if (waitingBytes <= maxVolatileBytes) {
        connection.write(outgoing.messageFor(session));
        continue;
      }
      const lasting = withoutVolatile(batch);
      this.#count('volatile-dropped', batch.length - (lasting?.length ?? 0));
      if (!lasting) continue;
      if (waitingBytes <= maxQueueBytes) {
        const message =
          lasting === batch ? outgoing.messageFor(session) : this.#encode(session, lasting);
        connection.write(message);
        continue;
      }
      this.#count('paused', 1);
      this.#host.pause(session, room, positionBefore(lasting[0]));
    }
    this.#countBytes(outgoing);
  }

  #encode({ dialect }: Session, batch: Batch) {
    return this.#host.dialects[dialect].encode(batch);
  }

  #countBytes({ tally: { textBytes, sentBytes } }: OutgoingBatch): void {
    if (textBytes === 0) return;
    const { metrics } = this.#host;
    metrics.count('roomcast_compressed_frame_bytes_total', { form: 'text' }, textBytes);
    metrics.count('roomcast_compressed_frame_bytes_total', { form: 'sent' }, sentBytes);
  }

  #count(reaction: string, by: number): void {
    if (by > 0) this.#host.metrics.count('roomcast_slow_clients_total', { reaction }, by);
  }

  /** Not those that are behind or have no valid token: what they miss here they get from the log. */
  #liveSessionsIn(room: string): Session[] {
    const live: Session[] = [];
    for (const id of this.#host.membership.members(room)) {
      const session = this.#host.findSession(id);
      if (session && !session.isExpired && !session.lags.has(room)) live.push(session);
    }
    return live;
  }
}

/** The publications that are in the log; null where there are none. */
function withoutVolatile(batch: Batch): Batch | null {
  const lasting = batch.filter(({ delivery }) => delivery !== 'volatile');
  if (lasting.length === batch.length) return batch;
  const [first, ...rest] = lasting;
  return first ? [first, ...rest] : null;
}
