import type { Engine } from '@roomcast/realtime-client/in-memory';
import {
  type AnyContract,
  type Clock,
  type Position,
  type PublicationInput,
  RoomcastError,
} from '@roomcast/realtime-contract';
import { MockAccess, type MockRoomRefusal } from './mockAccess.ts';
import { MockActions, type MockActionsOptions } from './mockActions.ts';
import {
  assertDisconnect,
  endConnection,
  type MockDisconnect,
  type MockHandshakeRefusal,
} from './mockDisconnect.ts';
import { MockEngine } from './mockEngine.ts';
import { type LossReason, MockLogs } from './mockLogs.ts';
import { MockPresence } from './mockPresence.ts';
import { MockSession } from './mockSession.ts';
import type { MockTurns } from './mockTurns.ts';

export interface MockServerOptions {
  readonly contract: AnyContract;
  readonly clock: Clock;
  readonly turns: MockTurns;
  readonly user: string | null;
  readonly maxPublications: number | undefined;
  readonly recordPublish: MockActionsOptions['recordPublish'];
}

type Others = Parameters<MockPresence['setOthers']> extends [string, ...infer Rest] ? Rest : never;

/** The other end of the client: one session at a time, and a log for each room. */
export class MockServer {
  readonly #options: MockServerOptions;
  readonly logs: MockLogs;
  readonly access: MockAccess;
  readonly actions: MockActions;
  readonly presence: MockPresence;
  #link: { readonly engine: MockEngine; readonly session: MockSession } | null = null;
  #isReachable = true;
  #refusal: MockHandshakeRefusal | null = null;

  constructor(options: MockServerOptions) {
    const { contract, clock, maxPublications } = options;
    this.#options = options;
    this.logs = new MockLogs(clock, maxPublications);
    this.access = new MockAccess(contract);
    this.actions = new MockActions(options);
    this.presence = new MockPresence(contract, clock);
  }

  /** The session that there is. */
  get session(): MockSession | null {
    return this.#link?.session.isOpen ? this.#link.session : null;
  }

  /** Whether a client that connects is let in. */
  get isUp(): boolean {
    return this.#isReachable && this.#refusal === null;
  }

  /** Opens a connection to this server, in a later turn. */
  openEngine(): Engine {
    const { turns } = this.#options;
    const engine = new MockEngine({
      onMessage: (message) => turns.soon(() => session.receive(message)),
      // Behind what was written before, of which the last may be a goodbye.
      onClose: () => turns.soon(() => session.over()),
      onEnd: () => session.over(),
    });
    const session = new MockSession({
      ...this.#options,
      ...{ logs: this.logs, access: this.access, actions: this.actions, presence: this.presence },
      handshakeRefusal: () =>
        this.#refusal && new RoomcastError(this.#refusal, 'The mock refuses handshakes.'),
      write: (message) => engine.receive(message),
      close: (reason) => engine.end(reason),
      now: (run) => turns.now(run),
      behindAnswers: (run) => turns.behindAnswers(run),
    });
    turns.soon(() => {
      if (!this.#isReachable) engine.fail(new Error('the mock is disconnected'));
      else engine.open();
    });
    this.#link = { engine, session };
    return engine;
  }

  /** Returns where the room stands behind it. */
  publish(input: PublicationInput): Position {
    const publication = this.logs.append(input);
    this.#options.turns.now(() => this.session?.streams.deliver(publication));
    return publication.position;
  }

  /** Says who else is in a room. Throws as `MockPresence.setOthers` does. */
  setOthers(room: string, ...others: Others): void {
    this.presence.setOthers(room, ...others);
    this.#options.turns.now(() => this.session?.presence.streams.tell(room));
  }

  /** @throws RoomcastError `INVALID_CONFIG` for what is no ending */
  disconnect(how: MockDisconnect): void {
    assertDisconnect(how);
    const isRefusal = typeof how === 'object' && how.reason === 'refused';
    this.#refusal = isRefusal ? how.code : null;
    this.#isReachable = isRefusal;
    const link = this.#link;
    if (!link) return;
    const { engine, session } = link;
    const write = (message: string) => engine.receive(message);
    const close = (reason: string) => engine.end(reason);
    this.#options.turns.now(() => endConnection({ session, write, close }, how));
  }

  /** Lets clients connect from now on. */
  restore(): void {
    this.#isReachable = true;
    this.#refusal = null;
  }

  lose(room: string, reason: LossReason, missed: number): void {
    this.logs.lose(room, reason, missed);
    this.#options.turns.now(() => this.session?.streams.catchUp(room));
  }

  refuse(room: string, code: MockRoomRefusal): void {
    const refusal = this.access.refuse(room, code);
    this.#options.turns.now(() => this.session?.evict(room, refusal));
  }
}
