import type {
  ClientPorts,
  ConnectionState,
  EventHandler,
  InspectedRoom,
  Notice,
  PublicationMeta,
  RealtimeClient,
  Recovery,
  RoomRecovery,
} from '@roomcast/realtime-client';
import {
  type PresenceRequest,
  RoomcastError,
  systemClock,
  type UnreadPresenceFrame,
} from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import { Callbacks } from './callbacks.ts';
import { FakeRoom } from './fakeRoom.ts';

interface Arrival {
  readonly name: string;
  readonly payload: unknown;
  readonly meta: PublicationMeta;
}

export const connected: ConnectionState = {
  status: 'connected',
  sessionId: 'session-1',
  userId: 'alice',
};

/** A client without a network: it does what a test tells it, and counts who listens. */
export class FakeClient implements RealtimeClient<EventContract> {
  readonly contract: EventContract = eventContract;
  readonly notices: Callbacks<Notice> = new Callbacks();
  /** What was asked for of presence. */
  readonly askedPresence: PresenceRequest[] = [];
  readonly presenceFrames: Callbacks<UnreadPresenceFrame> = new Callbacks();
  /** What `inspection` tells of the rooms. */
  readonly inspected: InspectedRoom[] = [];
  ports: ClientPorts = {
    ...{ clock: { ...systemClock }, report: () => {} },
    inspection: { notices: this.notices, rooms: { all: this.inspected } },
    presence: {
      ask: async (request) => {
        this.askedPresence.push(request);
        return { id: null };
      },
      onFrame: (callback) => this.presenceFrames.add(callback),
    },
  };
  /** `connect`, `disconnect` and the actions that were called. */
  readonly calls: unknown[] = [];
  /** How often `on` was called. */
  registrations = 0;
  state: ConnectionState = { status: 'idle' };
  readonly #states = new Callbacks<ConnectionState>();
  readonly #recoveries = new Callbacks<RoomRecovery>();
  readonly #arrivals = new Callbacks<Arrival>();
  readonly #rooms = new Map<string, FakeRoom>();

  /** How many callbacks of any kind are registered. */
  get listeners(): number {
    const inRooms = [...this.#rooms.values()].map((room) => room.listeners);
    const others =
      this.#states.size + this.#recoveries.size + this.#arrivals.size + this.notices.size;
    return inRooms.reduce((sum, size) => sum + size, others);
  }

  /** The rooms in use, by name, with the number of uses. */
  get rooms(): Record<string, number> {
    const inUse = [...this.#rooms.values()].filter(({ uses }) => uses > 0);
    return Object.fromEntries(inUse.map(({ name, uses }) => [name, uses]));
  }

  room(name: string): FakeRoom {
    const room = this.#rooms.get(name) ?? new FakeRoom(name);
    this.#rooms.set(name, room);
    return room;
  }

  move(state: ConnectionState): void {
    this.state = state;
    this.#states.notify(state);
  }

  /** A reliable publication in the room of an event, the next one of its log. */
  publish(name: string, eventId: string, payload: unknown = {}, causedBy?: string): void {
    const place = placeOf(eventId);
    const room = this.room(place.room);
    room.position ??= { epoch: 'a', offset: 0, revision: 0 };
    const counter = room.position.offset + 1;
    room.position = { ...room.position, offset: counter };
    const about = {
      ...({ delivery: 'reliable', counter, publishedAtMs: 0 } as const),
      ...(causedBy !== undefined && { causedBy }),
    };
    this.#arrivals.notify({ name, payload, meta: { ...place, ...about } });
    room.publications.notify({ ...about, epoch: room.position.epoch, event: name, payload });
  }

  recover(recovery: Recovery, eventId: string): void {
    const place = placeOf(eventId);
    this.room(place.room).recoveries.notify(recovery);
    this.#recoveries.notify({ ...place, ...recovery });
  }

  watchState = (callback: (state: ConnectionState) => void): (() => void) =>
    this.#states.add(callback);

  connect = (): void => {
    this.calls.push('connect');
    this.move({ status: 'connecting' });
  };

  disconnect = (): void => {
    this.calls.push('disconnect');
    this.move({ status: 'closed', reason: 'disconnected', error: null });
  };

  subscribe: RealtimeClient<EventContract>['subscribe'] = (...[kind, params]) => {
    this.#use();
    return this.room(eventContract.formatRoom(kind, (params ?? {}) as never)).use() as never;
  };

  on: RealtimeClient<EventContract>['on'] = (
    name: string,
    handler: EventHandler<EventContract, never>,
  ) => {
    this.#use();
    this.registrations += 1;
    return this.#arrivals.add((arrival) => {
      if (arrival.name === name) handler(arrival.payload as never, arrival.meta);
    });
  };

  onRecovery = (callback: (recovery: RoomRecovery) => void): (() => void) =>
    this.#recoveries.add(callback);

  call: RealtimeClient<EventContract>['call'] = async (name, input) => {
    this.calls.push([name, input]);
    return { messageId: 'm-1', timestamp: '2026-05-04T18:30:00.000Z' } as never;
  };

  onRemoved: RealtimeClient<EventContract>['onRemoved'] = () => notUsed();

  history: RealtimeClient<EventContract>['history'] = () => notUsed();

  close = async (): Promise<void> => this.move({ status: 'closed', reason: 'closed', error: null });

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** As the real one: whoever needs a connection makes an idle client connect. */
  #use(): void {
    const isClosed = this.state.status === 'closed' && this.state.reason === 'closed';
    if (isClosed) throw new RoomcastError('CLOSED', 'The client is closed.');
    if (this.state.status === 'idle') this.connect();
  }
}

function notUsed(): never {
  throw new Error('The hooks do not use it.');
}

function placeOf(eventId: string) {
  return {
    room: eventContract.formatRoom('event', { eventId }),
    kind: 'event',
    params: { eventId },
  };
}
