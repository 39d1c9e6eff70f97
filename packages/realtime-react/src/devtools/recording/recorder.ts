import type { Notice, RealtimeClient, RoomRecovery } from '@roomcast/realtime-client';
import type {
  AnyContract,
  Clock,
  FramedPublication,
  PublicationsFrame,
} from '@roomcast/realtime-contract';
import type { QueryClient } from '@tanstack/react-query';
import type { RoomPosition } from '../../query/positions.ts';
import { CacheRecorder } from './cacheRecorder.ts';
import { ChangeSignal } from './changeSignal.ts';
import { messageBytes } from './messageBytes.ts';
import { payloadText } from './payloadText.ts';
import type {
  EventRecord,
  LogRecord,
  RecoveryRecord,
  RequestRecord,
  RoomRecord,
  StateRecord,
} from './records.ts';
import { RequestRecorder } from './requestRecorder.ts';
import { Ring } from './ring.ts';
import { RoomRecorder } from './roomRecorder.ts';

/** The most events and recoveries that are kept. */
const maxLogRecords = 500;

/** Writes down what one client and one cache do. */
export class Recorder {
  readonly #client: RealtimeClient<AnyContract>;
  readonly #queries: QueryClient | undefined;
  readonly #states = new Ring<StateRecord>(200);
  readonly #log = new Ring<LogRecord>(maxLogRecords);
  readonly #byPublication = new WeakMap<FramedPublication, EventRecord>();
  readonly #requests: RequestRecorder;
  readonly #rooms: RoomRecorder;
  readonly #cache: CacheRecorder;
  readonly signal: ChangeSignal;
  #ids = 0;
  #isPaused = false;

  /** @param queries - left out where there is no cache */
  constructor(client: RealtimeClient<AnyContract>, queries?: QueryClient) {
    const { clock, inspection } = client.ports;
    this.#client = client;
    this.#queries = queries;
    this.signal = new ChangeSignal(clock);
    this.#requests = new RequestRecorder(clock, () => this.#nextId());
    this.#rooms = new RoomRecorder(inspection.rooms);
    this.#cache = new CacheRecorder({
      clock,
      find: (at) => this.#find(at),
      onChange: () => this.signal.change(),
    });
  }

  get nowMs(): number {
    return this.clock.now();
  }

  get clock(): Clock {
    return this.#client.ports.clock;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Oldest first, as all of these. */
  get states(): readonly StateRecord[] {
    return this.#states.items;
  }

  get log(): readonly LogRecord[] {
    return this.#log.items;
  }

  get requests(): readonly RequestRecord[] {
    return this.#requests.records.items;
  }

  get rooms(): readonly RoomRecord[] {
    return this.#rooms.list();
  }

  /** @returns a function that ends it, harmless when called twice */
  start(): () => void {
    const client = this.#client;
    this.#enter();
    const stops = [
      client.watchState(() => this.#enter()),
      client.onRecovery((recovery) => this.#recover(recovery)),
      client.ports.inspection.notices.add((notice) => this.#take(notice)),
      this.#queries ? this.#cache.start(client, this.#queries) : () => {},
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Writes no events and no requests down until it is called with false. */
  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.signal.change();
  }

  /** Forgets everything but the state of now. */
  clear(): void {
    for (const part of [this.#states, this.#log, this.#requests.records]) part.clear();
    for (const part of [this.#rooms, this.#cache]) part.clear();
    this.#enter();
  }

  #nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #enter(): void {
    const { state } = this.#client;
    if (state === this.states.at(-1)?.state) return;
    this.#states.add({ id: this.#nextId(), atMs: this.nowMs, state });
    if (state.status !== 'connected') this.#requests.lose();
    this.signal.change();
  }

  #take(notice: Notice): void {
    if (notice.type === 'delivered') this.#deliver(notice.publication.sealed ?? notice.publication);
    if (notice.type === 'sent' && !this.#isPaused) this.#requests.sent(notice);
    if (notice.type === 'received') this.#receive(notice);
    this.signal.change();
  }

  #receive(notice: Extract<Notice, { type: 'received' }>): void {
    const { frame } = notice;
    if (frame?.type === 'welcome') this.#rooms.answer(frame.rooms);
    if (frame?.type === 'room') this.#rooms.answer([frame.result]);
    if (frame?.type === 'publications' && !this.#isPaused) this.#write(frame, notice);
    this.#rooms.answer(this.#requests.received(notice));
  }

  #write(
    { room, epoch, publications }: PublicationsFrame,
    { message, text }: Extract<Notice, { type: 'received' }>,
  ): void {
    const frame = {
      ...{ wireBytes: messageBytes(message), textBytes: messageBytes(text) },
      publications: publications.length,
    };
    for (const publication of publications) {
      const { event, delivery, counter, publishedAtMs, payload, key, removed } = publication;
      const record: EventRecord = {
        ...{ type: 'event', id: this.#nextId(), atMs: this.nowMs, room, epoch, frame },
        ...{ event, delivery, counter, publishedAtMs, payload: payloadText(payload) },
        ...{ key: key ?? null, isRemoved: removed === true, isDelivered: false },
        ...{ effects: [], revision: 0 },
      };
      this.#byPublication.set(publication, record);
      this.#log.add(record);
      this.#rooms.count(record);
    }
  }

  #deliver(publication: FramedPublication): void {
    const record = this.#byPublication.get(publication);
    if (!record) return;
    record.isDelivered = true;
    record.revision += 1;
    this.#rooms.deliver(record);
    this.#cache.deliver(record);
  }

  #find({ room, position: { epoch, offset, revision } }: RoomPosition): LogRecord | null {
    const isIt = (record: LogRecord) =>
      record.type === 'event' &&
      record.room === room &&
      record.epoch === epoch &&
      (record.delivery === 'latest' ? record.counter === revision : record.counter === offset);
    return this.log.findLast(isIt) ?? null;
  }

  #recover({ room, kind, params, ...recovery }: RoomRecovery): void {
    const replayed = recovery.status === 'resumed' ? this.#rooms.replayed(room) : null;
    const record: RecoveryRecord = {
      ...{ type: 'recovery', id: this.#nextId(), atMs: this.nowMs, room, recovery, replayed },
      ...{ effects: [], revision: 0 },
    };
    if (!this.#isPaused) this.#log.add(record);
    this.#rooms.recover(record);
    this.#cache.recover(record);
    this.signal.change();
  }
}
