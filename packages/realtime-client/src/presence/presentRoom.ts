import {
  type CancelTimer,
  type Clock,
  isRecord,
  isRoomcastError,
  type PresenceFrame,
  type PresenceInterest,
  type PresenceRequest,
  type ReportError,
} from '@roomcast/realtime-contract';
import type { RoomSubscription } from '../rooms/roomSubscription.ts';
import { Subscribers } from '../subscribers.ts';
import type { PresencePort } from './presencePort.ts';
import { type PresenceView, type PresentMember, unknownPresence } from './presenceView.ts';

/** What one use wants of a room. */
export interface PresenceWish {
  follow: PresenceInterest;
  /** Null where it is not present. */
  member: { readonly data: unknown } | null;
}

export interface PresentRoomOptions extends Pick<PresencePort, 'ask'> {
  readonly subscription: RoomSubscription;
  readonly clock: Clock;
  readonly report: ReportError;
  /** The secret of this client. */
  readonly key: string;
}

const interests: readonly PresenceInterest[] = ['members', 'count', 'none'];

/** Refusals that may be over a moment later. */
const passing: readonly unknown[] = ['ACTION_TIMEOUT', 'TOKEN_EXPIRED', 'INTERNAL', 'RATE_LIMITED'];

/** The least to wait before asking again after one of them. */
const retryMs = 1_000;

/** The presence in one room: what the uses want together is asked for once on each connection. */
export class PresentRoom {
  /** The last one that is present counts. */
  readonly wishes: Set<PresenceWish> = new Set();
  readonly watchers: Subscribers<PresenceView>;
  readonly #options: PresentRoomOptions;
  readonly #members = new Map<string, PresentMember>();
  readonly #stop: () => void;
  #view = unknownPresence;
  /** What was asked for on this connection last; each is an object of its own. */
  #asked: { readonly text: string } | null = null;
  #isScheduled = false;
  #cancelRetry: CancelTimer = () => {};

  constructor(options: PresentRoomOptions) {
    this.#options = options;
    this.watchers = new Subscribers('watchView', options.report);
    const { subscription } = options;
    this.#stop = subscription.watchState(() => this.#follow());
    this.#follow();
  }

  /** The same object until it changes. */
  get view(): PresenceView {
    return this.#view;
  }

  /** Asks for what has changed in this turn. */
  sync(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#askIfNew();
    });
  }

  receive({ all, entered = [], left = [], count }: PresenceFrame): void {
    if (all) this.#members.clear();
    for (const id of left) this.#members.delete(id);
    for (const member of all ?? entered) this.#members.set(member.id, member);
    this.#show({ status: 'joined', members: [...this.#members.values()], count, error: null });
  }

  /** Gives the room up, once nobody has wanted it for a while. */
  close(): void {
    this.wishes.clear();
    this.#askIfNew();
    this.end();
    this.#options.subscription.release();
  }

  /** Hears nothing any more, and leaves no timer. */
  end(): void {
    this.#stop();
    this.#cancelRetry();
  }

  #follow(): void {
    const { state } = this.#options.subscription;
    if (state.status === 'joined') {
      this.sync();
      return;
    }
    this.#asked = null;
    if (state.status === 'joining') {
      this.#show({ status: 'joining', error: null });
      return;
    }
    this.#members.clear();
    const { error } = state;
    this.#show({ status: 'refused', members: [], count: 0, selfId: null, error });
  }

  #askIfNew(): void {
    const { subscription, ask } = this.#options;
    if (subscription.state.status !== 'joined') return;
    const request = this.#request();
    const asked = { text: JSON.stringify(request) };
    const isNothing = request.follow === 'none' && !request.member;
    if (this.#asked ? this.#asked.text === asked.text : isNothing) return;
    this.#asked = asked;
    const isLast = () => this.#asked === asked;
    ask(request, {
      resolve: (answer) => isLast() && this.#take(request, answer),
      reject: (error) => isLast() && this.#fail(error),
    });
  }

  #request(): PresenceRequest {
    const { subscription, key } = this.#options;
    const wishes = [...this.wishes];
    const follow = interests.find((one) => wishes.some((wish) => wish.follow === one)) ?? 'none';
    const member = wishes.findLast((wish) => wish.member)?.member;
    const request = { room: subscription.room, follow };
    return member ? { ...request, member: { key, data: member.data } } : request;
  }

  #take({ follow }: PresenceRequest, answer: unknown): void {
    const selfId = isRecord(answer) && typeof answer.id === 'string' ? answer.id : null;
    // Who follows is told who is there right behind.
    this.#show(follow === 'none' ? { status: 'joined', selfId, error: null } : { selfId });
  }

  #fail(error: unknown): void {
    const { code, retryAfterMs = 0 } = isRoomcastError(error) ? error : { code: null };
    // The next connection asks anew.
    if (code === 'CONNECTION_LOST') return;
    if (passing.includes(code)) {
      this.#asked = null;
      const delayMs = Math.max(retryMs, retryAfterMs);
      this.#cancelRetry = this.#options.clock.schedule(() => this.sync(), delayMs);
      return;
    }
    const known = error instanceof Error ? error : new Error(String(error));
    this.#show({ status: 'refused', error: known });
  }

  #show(news: Partial<PresenceView>): void {
    const next = { ...this.#view, ...news };
    const names = Object.keys(next) as (keyof PresenceView)[];
    if (names.every((name) => next[name] === this.#view[name])) return;
    this.#view = next;
    this.watchers.notify(next);
  }
}
