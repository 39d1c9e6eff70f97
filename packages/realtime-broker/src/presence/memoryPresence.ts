import { invokeGuarded, type ReportError, RoomcastError } from '@roomcast/realtime-contract';
import type {
  PresenceChange,
  PresenceListener,
  PresenceMember,
  PresenceState,
  PresenceStore,
} from './presenceStore.ts';
import { PresentMembers } from './presentMembers.ts';

interface PresentRoom {
  readonly members: PresentMembers;
  /** An entry of its own for each: the same listener may watch a room twice. */
  readonly watchers: Set<{ readonly listener: PresenceListener }>;
}

/** Who is present, in the memory of this process. */
export class MemoryPresence implements PresenceStore {
  readonly #rooms = new Map<string, PresentRoom>();
  readonly #maxMembers: number;
  readonly #onError: ReportError;
  #isClosed = false;

  constructor(maxMembers: number, onError: ReportError) {
    this.#maxMembers = maxMembers;
    this.#onError = onError;
  }

  async enter(name: string, member: PresenceMember, holder: string): Promise<void> {
    this.#assertOpen();
    const room = this.#open(name);
    this.#tell(room, room.members.enter(member, holder));
  }

  async leave(name: string, id: string, holder: string): Promise<void> {
    this.#assertOpen();
    const room = this.#rooms.get(name);
    if (!room) return;
    this.#tell(room, room.members.leave(id, holder));
    this.#forgetIfUnused(name, room);
  }

  watch(name: string, listener: PresenceListener): () => void {
    this.#assertOpen();
    const room = this.#open(name);
    const watcher = { listener };
    room.watchers.add(watcher);
    invokeGuarded(() => listener.onState(room.members.state), 'onState', this.#onError);
    return () => {
      room.watchers.delete(watcher);
      this.#forgetIfUnused(name, room);
    };
  }

  async read(name: string): Promise<PresenceState> {
    this.#assertOpen();
    return this.#rooms.get(name)?.members.state ?? { members: [], count: 0 };
  }

  async occupancy(names: readonly string[]): Promise<readonly number[]> {
    this.#assertOpen();
    return names.map((name) => this.#rooms.get(name)?.members.count ?? 0);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { watchers } of this.#rooms.values()) watchers.clear();
    this.#rooms.clear();
  }

  #open(name: string): PresentRoom {
    const room = this.#rooms.get(name) ?? {
      members: new PresentMembers(this.#maxMembers),
      watchers: new Set(),
    };
    this.#rooms.set(name, room);
    return room;
  }

  #forgetIfUnused(name: string, room: PresentRoom): void {
    const isUnused = room.members.count === 0 && room.watchers.size === 0;
    if (isUnused && this.#rooms.get(name) === room) this.#rooms.delete(name);
  }

  #tell({ watchers }: PresentRoom, change: PresenceChange | null): void {
    if (!change) return;
    for (const watcher of [...watchers]) {
      if (!watchers.has(watcher)) continue;
      invokeGuarded(() => watcher.listener.onChange(change), 'onChange', this.#onError);
    }
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new RoomcastError('CLOSED', 'The store of presence is closed.');
  }
}
