import type { Socket } from 'node:net';
import type { CancelTimer, Clock } from '@roomcast/realtime-contract';
import { resetSocket } from './resetSocket.ts';
import type { Restriction } from './restriction.ts';
import { Restrictions } from './restrictions.ts';

/** From so many waiting bytes on, a lane does not read: whoever writes has to wait. */
const maxQueuedBytes = 256 * 1024;

/** Bytes that arrived together, or how their stream ended. */
interface Segment {
  readonly bytes: Buffer;
  readonly ending: 'end' | 'reset' | null;
  readonly arrivedAtMs: number;
  readonly luck: number;
}

export interface LaneContext {
  readonly clock: Clock;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
  /** Resets the connection on both sides. */
  cut(): void;
}

/**
 * One direction of a connection: hands on what one socket says to the other, in order. The end of
 * the stream waits its turn behind the bytes.
 */
export class Lane {
  readonly #source: Socket;
  readonly #target: Socket;
  readonly #context: LaneContext;
  readonly #restrictions = new Restrictions();
  #queue: Segment[] = [];
  #queuedBytes = 0;
  #isStalled = false;
  #cancelWake: CancelTimer = () => {};

  constructor(source: Socket, target: Socket, context: LaneContext) {
    this.#source = source;
    this.#target = target;
    this.#context = context;
    source.on('data', (bytes) => this.#arrive(bytes, null));
    source.on('end', () => this.#arrive(Buffer.of(), 'end'));
    source.on('close', (hadError) => {
      // Otherwise its end has arrived already.
      if (hadError || !source.readableEnded) this.#arrive(Buffer.of(), 'reset');
    });
    target.on('drain', () => this.#pump());
  }

  add(restriction: Restriction): void {
    this.#restrictions.add(restriction);
    this.#pump();
  }

  delete(restriction: Restriction): void {
    this.#restrictions.delete(restriction);
    this.#pump();
  }

  /** Forgets what is waiting, for good. */
  close(): void {
    this.#cancelWake();
    this.#queue = [];
  }

  #arrive(bytes: Buffer, ending: Segment['ending']): void {
    const { clock, random } = this.#context;
    const isFirst = this.#queue.length === 0;
    this.#queue.push({ bytes, ending, arrivedAtMs: clock.now(), luck: 2 * random() - 1 });
    this.#count(bytes.length);
    if (isFirst) this.#pump();
  }

  /** Hands on what may leave now, and sees to it that it is called again for the rest. */
  #pump(): void {
    this.#cancelWake();
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      if (!this.#mayMove()) return;
      const maxBytes = this.#restrictions.maxBytes();
      const bytes = Math.min(head.bytes.length, maxBytes);
      const atMs = this.#restrictions.departsAtMs(head.arrivedAtMs, { ...head, bytes });
      const waitMs = Math.ceil(atMs - this.#context.clock.now());
      if (waitMs > 0) {
        this.#cancelWake = this.#context.clock.schedule(() => this.#pump(), waitMs);
        return;
      }
      this.#handOn(head, bytes);
      if (maxBytes < Number.POSITIVE_INFINITY) {
        this.#wakeNextTurn();
        return;
      }
    }
  }

  /** Whether anything may leave, and the other end takes it. */
  #mayMove(): boolean {
    const isStalled =
      this.#restrictions.holds() || this.#restrictions.cuts() || this.#target.writableNeedDrain;
    if (this.#isStalled && !isStalled) this.#restrictions.resumed(this.#context.clock.now());
    this.#isStalled = isStalled;
    return !isStalled;
  }

  #handOn(head: Segment, count: number): void {
    const rest = head.bytes.subarray(count);
    if (rest.length > 0) this.#queue[0] = { ...head, bytes: rest };
    else this.#queue.shift();
    this.#count(-count);
    this.#restrictions.left(count);
    if (head.ending === 'end') this.#target.end();
    else if (head.ending === 'reset') resetSocket(this.#target);
    else this.#write(head.bytes.subarray(0, count));
  }

  #write(bytes: Buffer): void {
    const isLast = this.#restrictions.cuts();
    // Cut any earlier, it would be lost with all that the socket has not written yet.
    this.#target.write(bytes, () => isLast && this.#context.cut());
  }

  /** Pieces written before the reader had a turn would arrive as one. */
  #wakeNextTurn(): void {
    // The first may come before sockets are looked at again; what it starts comes after.
    let turn = setImmediate(() => {
      turn = setImmediate(() => this.#pump());
    });
    this.#cancelWake = () => clearImmediate(turn);
  }

  #count(bytes: number): void {
    this.#queuedBytes += bytes;
    if (this.#queuedBytes < maxQueuedBytes) this.#source.resume();
    else this.#source.pause();
  }
}
