import type {
  RealtimeClient,
  Recovery,
  RoomPublication,
  RoomState,
  RoomSubscription,
} from '@roomcast/realtime-client';
import type { Clock, Position } from '@roomcast/realtime-contract';
import type { cacheContract } from './cacheContract.ts';
import type { JoinAnswer, LogEntry, ModelServer } from './modelServer.ts';
import type { Hall } from './schedule.ts';

type CacheClient = RealtimeClient<typeof cacheContract>;

/** How long a room is kept after its last use, as by the real client. */
const releaseDelayMs = 1_000;

interface Room {
  readonly hall: Hall;
  readonly watchers: Set<(state: RoomState) => void>;
  readonly recoveries: Set<(recovery: Recovery) => void>;
  readonly publications: Set<(publication: RoomPublication) => void>;
  state: RoomState;
  position: Position | null;
  uses: number;
  /** Whether the server has let the client in, of which the client may not have heard. */
  isMember: boolean;
  cancelLeave: () => void;
}

export interface ModelClientOptions {
  readonly clock: Clock;
  readonly server: ModelServer;
  latencyMs(): number;
  onError(error: unknown): void;
  /** The page has heard something. */
  onHeard(): void;
}

/** A client as the real one behaves to those above it, on a connection of a model. */
export class ModelClient {
  readonly #options: ModelClientOptions;
  readonly #rooms = new Map<string, Room>();
  #isUp = false;
  #connection = 0;
  #arrivesAtMs = 0;
  readonly recovered = { fresh: 0, resumed: 0, gap: 0 };

  constructor(options: ModelClientOptions) {
    this.#options = options;
  }

  /** In the shape in which the hooks and the query sync take it. */
  asClient(contract: typeof cacheContract): CacheClient {
    const { clock, onError } = this.#options;
    const client: Pick<CacheClient, 'contract' | 'subscribe'> & {
      readonly ports: Omit<CacheClient['ports'], 'presence'>;
    } = {
      contract,
      ports: {
        ...{ clock, report: onError },
        inspection: { notices: { add: () => () => {} }, rooms: { all: [] } },
      },
      subscribe: ((_: 'hall', { hallId }: { hallId: Hall }) => this.#use(hallId)) as never,
    };
    // Nobody is present in it.
    return client as CacheClient;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  connect(): void {
    if (this.#isUp) return;
    this.#isUp = true;
    this.#connection += 1;
    for (const room of this.#rooms.values()) this.#join(room);
  }

  cut(): void {
    this.#isUp = false;
    this.#connection += 1;
    for (const room of this.#rooms.values()) {
      room.isMember = false;
      if (room.state.status === 'joined') this.#move(room, { status: 'joining' });
    }
  }

  /** From the server, to who is in the room. */
  deliver(hall: Hall, entry: LogEntry, epoch: string): void {
    const room = this.#rooms.get(hall);
    if (room?.isMember) this.#send(() => this.#hear(room, entry, epoch));
  }

  /** The log of a room began anew under its members. */
  lost(hall: Hall, position: Position): void {
    const room = this.#rooms.get(hall);
    if (room?.isMember) this.#send(() => this.#settle(room, { status: 'gap', position }));
  }

  #use(hall: Hall): RoomSubscription {
    const known = this.#rooms.get(hall);
    const room = known ?? this.#create(hall);
    this.#rooms.set(hall, room);
    room.cancelLeave();
    room.uses += 1;
    if (room.state.status === 'joining' && this.#isUp && room.uses === 1) this.#join(room);
    let isReleased = false;
    return {
      room: `hall-${hall}`,
      get state() {
        return room.state;
      },
      get position() {
        return room.position;
      },
      watchState: (callback) => listen(room.watchers, callback),
      onRecovery: (callback) => listen(room.recoveries, callback),
      onPublication: (callback) => listen(room.publications, callback),
      joined: () => Promise.reject(new Error('Nobody waits for a room here.')),
      release: () => {
        if (!isReleased) this.#release(room);
        isReleased = true;
      },
    };
  }

  #create(hall: Hall): Room {
    return {
      hall,
      ...{ watchers: new Set(), recoveries: new Set(), publications: new Set() },
      ...{ state: { status: 'joining' }, position: null, uses: 0, isMember: false },
      cancelLeave: () => {},
    };
  }

  #release(room: Room): void {
    room.uses -= 1;
    if (room.uses > 0) return;
    // The position stays, and the room is resumed from it.
    room.cancelLeave = this.#options.clock.schedule(() => {
      room.isMember = false;
      room.state = { status: 'joining' };
    }, releaseDelayMs);
  }

  #join(room: Room): void {
    const { server, clock, latencyMs } = this.#options;
    const connection = this.#connection;
    clock.schedule(() => {
      if (connection !== this.#connection || room.uses === 0 || room.isMember) return;
      const answer = server.join(room.hall, room.position);
      room.isMember = true;
      this.#send(() => this.#settle(room, answer));
    }, latencyMs());
  }

  /** What is sent arrives in its order, or not at all. */
  #send(arrive: () => void): void {
    const { clock, latencyMs, onHeard } = this.#options;
    const connection = this.#connection;
    this.#arrivesAtMs = Math.max(this.#arrivesAtMs, clock.now() + latencyMs());
    clock.schedule(() => {
      if (connection !== this.#connection) return;
      arrive();
      onHeard();
    }, this.#arrivesAtMs - clock.now());
  }

  #settle(room: Room, answer: JoinAnswer): void {
    if (!room.isMember) return;
    this.#move(room, { status: 'joined' });
    this.recovered[answer.status] += 1;
    const during = 'join';
    if (answer.status === 'resumed') {
      tell(room.recoveries, { status: 'resumed', during });
      for (const entry of answer.entries) this.#hear(room, entry, answer.epoch);
      return;
    }
    const { status, position, quietForMs } = answer;
    const quiet = quietForMs !== undefined && { quietForMs };
    room.position = position;
    if (status === 'fresh') tell(room.recoveries, { status, during, ...quiet });
    else tell(room.recoveries, { status, during, reason: 'overflow', ...quiet });
  }

  #hear(room: Room, { offset, ...entry }: LogEntry, epoch: string): void {
    if (!room.isMember || !room.position || offset <= room.position.offset) return;
    room.position = { epoch, offset, revision: 0 };
    const place = { delivery: 'reliable', epoch, counter: offset } as const;
    tell(room.publications, { ...entry, ...place });
  }

  #move(room: Room, state: RoomState): void {
    room.state = state;
    tell(room.watchers, state);
  }
}

function listen<Value>(all: Set<(value: Value) => void>, callback: (value: Value) => void) {
  // A function of its own for each use.
  const entry = (value: Value) => callback(value);
  all.add(entry);
  return () => void all.delete(entry);
}

function tell<Value>(all: ReadonlySet<(value: Value) => void>, value: Value): void {
  for (const callback of [...all]) callback(value);
}
