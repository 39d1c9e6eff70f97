import {
  createRealtimeClient,
  type RealtimeClient,
  type RoomPublication,
  type RoomSubscription,
} from '@roomcast/realtime-client';
import { isRoomcastError } from '@roomcast/realtime-contract';
import { type FaultProxy, halfOpen, startFaultProxy } from '@roomcast/realtime-testing';
import type { Changes } from '../waiting/changes.ts';
import type { LogModel } from './logModel.ts';
import { ManualClock } from './manualClock.ts';
import { eventId, recoveryContract } from './recoveryContract.ts';
import type { Witness } from './witness.ts';

/** Longer than any history: the client comes back when the history says so, and not before. */
const backoff = { minDelayMs: 60_000, maxDelayMs: 60_000, jitter: 0 };

export interface RoomMemberOptions {
  readonly port: number;
  readonly maxReplay: number | null;
  readonly model: LogModel;
  readonly witness: Witness;
  readonly changes: Changes;
  /** How many sessions the server has: one, or the client's old one is still among them. */
  countSessions(): number;
}

/** What a call may be refused with whose connection is lost. */
const lossCodes = ['CONNECTION_LOST', 'NOT_CONNECTED'] as const;

type Contract = typeof recoveryContract;

/** A real client in the room, behind a network that breaks when it is told to. */
export class RoomMember implements AsyncDisposable {
  readonly #options: RoomMemberOptions;
  readonly #proxy: FaultProxy;
  readonly #client: RealtimeClient<Contract>;
  readonly #clock: ManualClock = new ManualClock(Date.now());
  readonly #calls: Promise<void>[] = [];
  #heal: (() => void) | null = null;
  #isSilent = false;
  #isOut = false;
  #room: RoomSubscription<RoomPublication<Contract, 'event'>>;
  #joins = 1;

  static async start(options: RoomMemberOptions): Promise<RoomMember> {
    const member = new RoomMember(options, await startFaultProxy(options.port));
    await member.#whenJoined();
    return member;
  }

  private constructor(options: RoomMemberOptions, proxy: FaultProxy) {
    const { witness, changes, maxReplay } = options;
    this.#options = options;
    this.#proxy = proxy;
    this.#client = createRealtimeClient({
      ...{ contract: recoveryContract, url: `http://127.0.0.1:${proxy.port}`, backoff, env: {} },
      ...{ transports: ['websocket'], clock: this.#clock },
      ...(maxReplay !== null && { maxReplay }),
      onError: (error, source) => witness.problem(`${source}: ${error}`),
    });
    this.#room = this.#enter();
    this.#client.watchState(changes.tell);
  }

  /** Whether the client is connected and in the room. */
  get isPresent(): boolean {
    return this.#heal === null && !this.#isOut;
  }

  /** Whether the server knows that the client is not in the room, or will in a moment. */
  get isKnownAbsent(): boolean {
    return this.#heal === null ? this.#isOut : !this.#isSilent;
  }

  /**
   * Loses the connection in the middle of whatever is on its way.
   *
   * @param isSilent - whether the server hears nothing of it
   */
  async cut(isSilent: boolean): Promise<void> {
    if (this.#heal) return;
    if (isSilent) this.#heal = this.#proxy.apply(halfOpen({ side: 'client' }));
    else {
      this.#proxy.block();
      this.#heal = () => this.#proxy.restore();
    }
    await this.#until(() => this.#client.state.status !== 'connected', 'no loss was noticed');
    this.#isSilent = isSilent;
  }

  /** Gives the room up, and keeps the connection, if there is one. */
  leave(): void {
    if (this.#isOut) return;
    this.#isOut = true;
    this.#room.release();
    // A room is left a second after its last use.
    this.#clock.advance(1_000);
  }

  /** Comes back; resolves when the server has let it in and has said what became of the room. */
  async comeBack(): Promise<void> {
    const heal = this.#heal ?? (() => {});
    this.#heal = null;
    this.#joins += 1;
    if (this.#isOut) this.#room = this.#enter();
    this.#isOut = false;
    // Somebody whom the server takes for present comes back before anything else is heard of him.
    if (!this.#isSilent) heal();
    this.#client.connect();
    await this.#whenJoined();
    const { countSessions, witness } = this.#options;
    if (countSessions() !== 1) witness.problem(`the server has ${countSessions()} sessions`);
    heal();
  }

  /** Waits until the client has everything that the log has. */
  async settle(): Promise<void> {
    await this.#until(() => this.#isUpToDate, 'the client did not get everything');
    await this.whenAnswered();
  }

  /** Waits until every call has its answer, or is lost. */
  async whenAnswered(): Promise<void> {
    await Promise.all(this.#calls);
  }

  /** Calls the action that publishes. Its answer may be lost with the connection, but not late. */
  sell(count: number): void {
    const { witness } = this.#options;
    const call = this.#client.call('sell', { count }).then(
      (answer) => {
        if (answer !== count) witness.problem(`sell ${count} was answered with ${answer}`);
      },
      (error) => {
        const isLost = lossCodes.some((code) => isRoomcastError(error, code));
        if (!isLost) witness.problem(`sell ${count}: ${error}`);
      },
    );
    this.#calls.push(call);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
    await this.#proxy.close();
  }

  #enter() {
    const { witness } = this.#options;
    const room = this.#client.subscribe('event', { eventId });
    room.onPublication((publication) => {
      witness.heard(publication);
      this.#onHeard();
    });
    room.onRecovery((recovery) => {
      if (room.position) witness.recovered(recovery, room.position);
      this.#onHeard();
    });
    return room;
  }

  get #isUpToDate(): boolean {
    const { model, witness } = this.#options;
    const { position, state } = this.#room;
    const { held } = witness;
    if (!position || !held || state.status !== 'joined') return false;
    const { life, offset, revision } = model.place;
    return (
      [position, held].every((at) => at.offset === offset && at.revision === revision) &&
      held.life === life
    );
  }

  #onHeard(): void {
    const { witness, changes } = this.#options;
    if (this.#isUpToDate) witness.isLive();
    changes.tell();
  }

  async #whenJoined(): Promise<void> {
    const { witness } = this.#options;
    await this.#until(() => this.#room.state.status === 'joined', 'the room was not joined');
    if (witness.joins !== this.#joins) {
      witness.problem(`${witness.joins} answers to ${this.#joins} joins were told`);
    }
  }

  #until(holds: () => boolean, otherwise: string): Promise<void> {
    const { changes, model } = this.#options;
    const state = () =>
      JSON.stringify([this.#client.state, this.#room.state, this.#room.position, model.place]);
    return changes.until(holds, () => `${otherwise}: ${state()}`);
  }
}
