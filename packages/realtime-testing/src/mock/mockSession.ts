import {
  type Acknowledgement,
  type AnyContract,
  accept,
  type CancelTimer,
  type Clock,
  clientRequests,
  type FramedHandshake,
  parseHandshake,
  parseRoomRequests,
  RoomcastError,
  type RoomRequest,
  type RoomResult,
} from '@roomcast/realtime-contract';
import type { MockAccess } from './mockAccess.ts';
import type { MockActions } from './mockActions.ts';
import type { MockLogs } from './mockLogs.ts';
import type { MockPresence } from './mockPresence.ts';
import { MockSocket, type MockSocketListener } from './mockSocket.ts';
import { readHistory, readRooms } from './readRooms.ts';
import { RoomStreams } from './roomStreams.ts';
import { SessionPresence } from './sessionPresence.ts';

/** How long a session without a valid token is kept, in milliseconds: as long as by the server. */
const graceMs = 25_000;

export interface MockSessionHost {
  readonly contract: AnyContract;
  readonly clock: Clock;
  readonly logs: MockLogs;
  readonly access: MockAccess;
  readonly actions: MockActions;
  readonly presence: MockPresence;
  /** Whose the tokens are. */
  readonly user: string | null;
  /** Why handshakes are refused at present; null where they are not. */
  handshakeRefusal(): RoomcastError | null;
  /** Writes to the client. */
  write(message: string): void;
  /** Ends the connection. */
  close(reason: string): void;
  /** Runs what changes the client. */
  now(run: () => void): void;
  /** Runs it when the client has taken in what it was answered before. */
  behindAnswers(run: () => void): void;
}

/** The session of one connection, by the rules of docs/PROTOCOL.md for the framed dialect. */
export class MockSession {
  readonly #host: MockSessionHost;
  readonly #socket: MockSocket;
  readonly streams: RoomStreams;
  readonly presence: SessionPresence;
  #user: string | null = null;
  #maxReplay = Number.POSITIVE_INFINITY;
  #status: 'opening' | 'welcome' | 'expired' | 'over' = 'opening';
  #cancelGrace: CancelTimer = () => {};

  constructor(host: MockSessionHost) {
    this.#host = host;
    this.#socket = new MockSocket(host.write, {
      onConnect: (auth) => this.#connect(auth),
      onDisconnect: () => {
        host.presence.leaveAll();
        this.over();
      },
      onRequest: (...request) => this.#handle(...request),
    });
    this.streams = new RoomStreams(host.logs, host.write);
    this.presence = new SessionPresence(host);
  }

  /** Whether there is a session, with a valid token or without. */
  get isOpen(): boolean {
    return this.#status === 'welcome' || this.#status === 'expired';
  }

  get user(): string | null {
    return this.#user;
  }

  receive(message: string): void {
    this.#socket.receive(message);
  }

  /** The time of the token is over, once: the client has a while for another. */
  expire(): void {
    if (this.#status !== 'welcome') return;
    this.#status = 'expired';
    this.streams.pause();
    this.presence.streams.pause();
    this.#socket.send({ type: 'token', graceMs });
    const end = () => this.end(tokenExpired());
    this.#cancelGrace = this.#host.clock.schedule(end, graceMs);
  }

  /** Takes the session out of a room and says why. */
  evict(room: string, error: RoomcastError): void {
    this.presence.left(room);
    this.streams.evict(room, error);
  }

  /** Ends the session and says why. */
  end(error: RoomcastError, retryAfterMs?: number): void {
    this.over();
    this.#socket.sendClose(error, retryAfterMs);
    this.#host.close('transport close');
  }

  /** The connection is gone. */
  over(): void {
    if (this.isOpen) this.#host.presence.lose();
    this.#status = 'over';
    this.#cancelGrace();
    this.#socket.over();
  }

  #connect(auth: unknown): void {
    try {
      const refusal = this.#host.handshakeRefusal();
      if (refusal) throw refusal;
      this.#welcome(parseHandshake(auth) as FramedHandshake);
    } catch (error) {
      this.#socket.refuse(error);
      this.#host.close('transport close');
    }
  }

  #welcome({ token, rooms, maxReplay }: FramedHandshake): void {
    const { access, contract, user } = this.#host;
    this.#status = 'welcome';
    this.#user = token === null ? null : user;
    this.#maxReplay = maxReplay ?? Number.POSITIVE_INFINITY;
    this.#socket.accept();
    const automatic = access.automaticRooms(this.#user).map((room) => ({ room }));
    const requests = new Map([...automatic, ...rooms].map((request) => [request.room, request]));
    this.#join([...requests.values()], (results) => {
      const session = { session: 'mock', user: this.#user, tokenExpiresInMs: null };
      const { fingerprint } = contract;
      this.#socket.send({ type: 'welcome', ...session, fingerprint, features: [], rooms: results });
    });
  }

  #handle(...[name, args, answer]: Parameters<MockSocketListener['onRequest']>): void {
    const [argument] = args;
    if (name === clientRequests.leave) {
      for (const room of argument as readonly string[]) this.#leave(room);
      answer(accept(null));
    } else if (name === clientRequests.authenticate) {
      this.#renew();
      answer(accept({ tokenExpiresInMs: null }));
      this.streams.resume();
      this.presence.streams.resume();
    } else if (this.#status === 'expired') {
      throw tokenExpired();
    } else if (name === clientRequests.join) {
      this.#join(parseRoomRequests(argument), (results) => answer(accept(results)));
    } else if (name === clientRequests.history) {
      answer(accept(readHistory(this.#host, argument, this.#user)));
    } else if (name === clientRequests.presence) {
      this.#setPresence(argument, answer);
    } else {
      const [input, meta] = args;
      const { actions, now } = this.#host;
      const call = { name, input, meta, user: this.#user };
      void actions.dispatch(call).then((given) => now(() => answer(given)));
    }
  }

  #leave(room: string): void {
    this.presence.left(room);
    this.streams.leave(room);
  }

  #setPresence(argument: unknown, answer: (given: Acknowledgement) => void): void {
    const { now, behindAnswers } = this.#host;
    const assertAllowed = (room: string) => {
      if (this.#status === 'expired') throw tokenExpired();
      if (this.isOpen && this.streams.has(room)) return;
      throw new RoomcastError('FORBIDDEN', 'The session is not in this room. Join it first.');
    };
    const call = { argument, user: this.#user, assertAllowed };
    void this.presence.dispatch(call).then((done) => {
      now(() => answer(done.answer));
      behindAnswers(done.tell);
    });
  }

  /** @param answer - called before anything of the rooms is told */
  #join(requests: readonly RoomRequest[], answer: (results: readonly RoomResult[]) => void): void {
    const { results, reads } = readRooms(this.#host, requests, {
      user: this.#user,
      maxReplay: this.#maxReplay,
    });
    answer(results);
    for (const { room } of results) {
      if (reads.has(room)) this.streams.leave(room);
      else this.#leave(room);
    }
    for (const [room, read] of reads) this.streams.join(room, read);
  }

  #renew(): void {
    if (this.#user === null) throw new RoomcastError('FORBIDDEN', 'This connection is a guest.');
    this.#cancelGrace();
    this.#status = 'welcome';
    for (const room of this.streams.rooms) {
      const refusal = this.#host.access.refusalOf(room, this.#user);
      if (refusal) this.evict(room, refusal);
    }
  }
}

function tokenExpired(): RoomcastError {
  return new RoomcastError('TOKEN_EXPIRED', 'The token is past its expiry.');
}
