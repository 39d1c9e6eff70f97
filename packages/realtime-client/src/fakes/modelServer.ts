import {
  clientRequests,
  type HistoryRequest,
  type Position,
  type Publication,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import type { FakeTransport } from './fakeTransport.ts';
import { publicationOf } from './publicationOf.ts';

const room = 'event-42';
const pageSize = 3;

/**
 * A server with one room and a slow network to one client, moved step by step. Its answers follow
 * the protocol; its network may also lose and repeat frames, as a faulty server would.
 */
export class ModelServer {
  /** How many epochs there were. */
  #epochs = 1;
  #last = 0;
  #revision = 0;
  /** What is older is not in the history any more. */
  #trimmed = 0;
  #isMember = false;
  #transport: FakeTransport | null = null;
  #handled = 0;
  /** What is on its way to the client: frames, which may get lost, and answers. */
  #wire: { readonly isFrame: boolean; arrive(): void }[] = [];

  get position(): Position {
    return { epoch: `e${this.#epochs}`, offset: this.#last, revision: this.#revision };
  }

  /** Welcomes the client on a new transport; what was on the wire before is gone. */
  welcome(transport: FakeTransport): void {
    this.#transport = transport;
    this.#handled = 0;
    this.#wire = [];
    this.#isMember = false;
    const requests = transport.rooms;
    transport.welcome(requests.map((request) => this.#result(request)));
    for (const request of requests) this.#join(request);
  }

  publish(): void {
    this.#last += 1;
    if (this.#isMember) this.#send([this.#reliable(this.#last)]);
  }

  publishLatest(): void {
    this.#revision += 1;
    if (this.#isMember) this.#send([this.#latest()]);
  }

  /** Loses the log, as a server that was started anew: the members are not told. */
  restart(): void {
    this.#epochs += 1;
    this.#last = 0;
    this.#revision = 0;
    this.#trimmed = 0;
  }

  trim(count: number): void {
    this.#trimmed = Math.min(this.#last, this.#trimmed + count);
  }

  /** Answers the oldest request that waits. */
  handle(): boolean {
    const request = this.#transport?.requests[this.#handled];
    if (!request) return false;
    this.#handled += 1;
    const [argument] = request.args;
    const accept = (value: unknown) =>
      this.#wire.push({ isFrame: false, arrive: () => request.accept(value) });
    if (request.name === clientRequests.join) {
      const requests = argument as RoomRequest[];
      accept(requests.map((one) => this.#result(one)));
      for (const one of requests) this.#join(one);
    } else if (request.name === clientRequests.history) {
      accept(this.#history(argument as HistoryRequest));
    } else {
      this.#isMember = false;
      accept(null);
    }
    return true;
  }

  /** Lets the next message arrive. */
  deliver(): boolean {
    const next = this.#wire.shift();
    next?.arrive();
    return next !== undefined;
  }

  /** Loses the next message where it is a frame. */
  lose(): void {
    if (this.#wire[0]?.isFrame) this.#wire.shift();
  }

  /** Sends the next message twice where it is a frame. */
  repeat(): void {
    const [next] = this.#wire;
    if (next?.isFrame) this.#wire.unshift(next);
  }

  #result({ position: since }: RoomRequest): RoomResult {
    const { position } = this;
    if (!since) return { room, status: 'fresh', position: { ...position, revision: 0 } };
    if (since.epoch !== position.epoch || since.offset > this.#last) {
      const start = { ...position, revision: 0 };
      return { room, status: 'gap', reason: 'epoch-changed', position: start };
    }
    if (since.offset >= this.#trimmed) return { room, status: 'resumed', position };
    const missed = this.#last - since.offset;
    const now = { ...position, revision: since.revision };
    return { room, status: 'gap', reason: 'expired', missed, position: now };
  }

  /** The session is a member from the answer on, and gets what it misses first. */
  #join(request: RoomRequest): void {
    const result = this.#result(request);
    this.#isMember = true;
    const held = request.position;
    // What the client has is sent again as far as a page would have it.
    const from = result.status === 'resumed' && held ? Math.max(this.#trimmed, held.offset - 1) : 0;
    const reliable = result.status === 'resumed' ? this.#range(from) : [];
    for (let at = 0; at < reliable.length; at += pageSize) {
      this.#send(reliable.slice(at, at + pageSize));
    }
    const revision = held?.epoch === this.position.epoch ? held.revision : 0;
    if (this.#revision > revision) this.#send([this.#latest()]);
  }

  #history({ since }: HistoryRequest): unknown {
    const result = this.#result({ room, position: since });
    if (result.status !== 'resumed') return result;
    const publications = this.#range(since.offset).slice(0, pageSize);
    const offset = since.offset + publications.length;
    const isEnd = offset === this.#last;
    if (isEnd && this.#revision > since.revision) publications.push(this.#latest());
    const next = { ...since, offset, revision: isEnd ? this.#revision : since.revision };
    const tuples = publications.map(({ event, delivery, payload, position }) =>
      delivery === 'latest'
        ? [event, 1, position.revision, 0, payload]
        : [event, 0, position.offset, 0, payload],
    );
    const { epoch } = since;
    return { status: 'continued', epoch, publications: tuples, next, position: this.position };
  }

  #range(after: number): Publication[] {
    return Array.from({ length: this.#last - after }, (_, index) =>
      this.#reliable(after + index + 1),
    );
  }

  #reliable(offset: number): Publication {
    const { epoch } = this.position;
    return { ...publicationOf(room, offset, { epoch }), payload: `${epoch} ${offset}` };
  }

  #latest(): Publication {
    const { epoch } = this.position;
    const latest = publicationOf(room, this.#revision, { epoch, delivery: 'latest' });
    return { ...latest, payload: `${epoch} ${this.#revision}` };
  }

  #send(publications: readonly Publication[]): void {
    const [first, ...rest] = publications;
    const transport = this.#transport;
    if (!first || !transport) return;
    this.#wire.push({ isFrame: true, arrive: () => transport.publish(first, ...rest) });
  }
}
