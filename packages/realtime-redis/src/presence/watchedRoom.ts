import type {
  PresenceChange,
  PresenceListener,
  PresenceMember,
  PresenceState,
} from '@roomcast/realtime-broker';
import { invokeGuarded, type ReportError } from '@roomcast/realtime-contract';
import type { PresenceReading } from './redisPresence.ts';

/** A change as it was published. */
interface PresenceNews {
  readonly version: number;
  readonly change: PresenceChange;
  readonly node: string;
}

/** Who is present in one room, as its watchers know it, one change after the other. */
export class WatchedRoom {
  /** The nodes that may have members in the room. */
  readonly nodes: Set<string> = new Set();
  readonly #watchers = new Set<{ readonly listener: PresenceListener }>();
  readonly #onError: ReportError;
  readonly #members = new Map<string, PresenceMember>();
  #count = 0;
  /** Null until it was read, and while it is read anew. */
  #version: number | null = null;
  #waiting: PresenceNews[] = [];
  #isKnown = false;
  /** Stands for the newest reading that was begun. */
  #expected: object = {};

  constructor(onError: ReportError) {
    this.#onError = onError;
  }

  get size(): number {
    return this.#watchers.size;
  }

  /** @returns a function that tells whether it has ended it now */
  add(listener: PresenceListener): () => boolean {
    const watcher = { listener };
    this.#watchers.add(watcher);
    if (this.#isKnown) this.#call(() => listener.onState(this.#state()), 'onState');
    return () => this.#watchers.delete(watcher);
  }

  /** What comes from now on waits for the reading that follows. */
  expectReading(): object {
    this.#version = null;
    this.#waiting = [];
    this.#expected = {};
    return this.#expected;
  }

  /** Whether no other reading was begun since. */
  expects(reading: object): boolean {
    return this.#expected === reading;
  }

  takeReading({ version, count, members, nodes }: PresenceReading): void {
    this.#version = version;
    this.#isKnown = true;
    this.#count = count;
    this.nodes.clear();
    for (const node of nodes) this.nodes.add(node);
    this.#members.clear();
    for (const member of members) this.#members.set(member.id, member);
    const state = this.#state();
    this.#tellAll((listener) => listener.onState(state), 'onState');
  }

  /** @returns false where something before it is missing, so that the room has to be read anew */
  catchUp(): boolean {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting.every((news) => this.#take(news));
  }

  /** Takes over a message. Returns as {@link catchUp} does. */
  hear(message: string): boolean {
    const news = parseNews(message);
    if (!news) return true;
    this.nodes.add(news.node);
    if (this.#version !== null) return this.#take(news);
    this.#waiting.push(news);
    return true;
  }

  #take({ version, change }: PresenceNews): boolean {
    const held = this.#version;
    if (held === null || version <= held) return true;
    if (version > held + 1) return false;
    this.#version = version;
    const isNews = change.entered || change.left !== undefined || change.count !== this.#count;
    this.#count = change.count;
    if (change.left !== undefined) this.#members.delete(change.left);
    if (change.entered) this.#members.set(change.entered.id, change.entered);
    if (isNews) this.#tellAll((listener) => listener.onChange(change), 'onChange');
    return true;
  }

  #state(): PresenceState {
    return { members: [...this.#members.values()], count: this.#count };
  }

  #tellAll(tell: (listener: PresenceListener) => void, callback: string): void {
    for (const watcher of [...this.#watchers]) {
      if (this.#watchers.has(watcher)) this.#call(() => tell(watcher.listener), callback);
    }
  }

  #call(tell: () => void, callback: string): void {
    invokeGuarded(tell, callback, this.#onError);
  }
}

function parseNews(message: string): PresenceNews | null {
  try {
    const [version, count, entered, left, node] = JSON.parse(message);
    const change = { ...(entered && { entered }), ...(left !== null && { left }), count };
    return { version, change, node };
  } catch {
    // Nobody of ours has published that.
    return null;
  }
}
