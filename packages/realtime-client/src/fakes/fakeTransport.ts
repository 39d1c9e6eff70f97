import {
  accept,
  encodePublications,
  type Frame,
  type FramedHandshake,
  type Publication,
  parseFrame,
  type RoomRequest,
  type RoomResult,
  refuse,
  type WelcomeFrame,
} from '@roomcast/realtime-contract';
import type { Transport, TransportEvents } from '../socket-io/transport.ts';

/** What a client sent, and how a test answers it. */
export interface FakeRequest {
  readonly name: string;
  readonly args: readonly unknown[];
  answer(raw: unknown): void;
  accept(value: unknown): void;
  refuse(error: unknown): void;
}

/** A transport whose server is the test. Unlike a real one it does not fall silent when closed. */
export class FakeTransport implements Transport {
  readonly token: string | null;
  /** What the client said of itself; null where a test opened the transport by hand. */
  readonly handshake: FramedHandshake | null;
  /** The rooms that the handshake asked for. */
  readonly rooms: readonly RoomRequest[];
  readonly requests: FakeRequest[] = [];
  /** The rooms of which contexts are kept, beside those of the handshake. */
  readonly expected: string[] = [];
  /** The rooms whose contexts are over. */
  readonly forgotten: string[] = [];
  readonly #events: TransportEvents;
  isClosed = false;

  constructor(
    token: string | null,
    events: TransportEvents,
    handshake: FramedHandshake | null = null,
  ) {
    this.token = token;
    this.handshake = handshake;
    this.rooms = handshake?.rooms ?? [];
    this.#events = events;
  }

  /** The first argument of every request of a name so far. */
  sent(name: string): unknown[] {
    return this.requests.filter((request) => request.name === name).map(({ args }) => args[0]);
  }

  /** The newest request. */
  lastRequest(): FakeRequest {
    const last = this.requests.at(-1);
    if (!last) throw new Error('Nothing was asked for.');
    return last;
  }

  request(name: string, args: readonly unknown[], onAnswer: (answer: unknown) => void): void {
    // What has no form on the wire fails here, as it does in Socket.IO.
    JSON.stringify(args);
    this.requests.push({
      name,
      args,
      answer: onAnswer,
      accept: (value) => onAnswer(accept(value)),
      refuse: (error) => onAnswer(refuse(error)),
    });
  }

  expect(rooms: readonly string[]): void {
    this.expected.push(...rooms);
  }

  forget(rooms: readonly string[]): void {
    this.forgotten.push(...rooms);
  }

  close(): void {
    this.isClosed = true;
  }

  welcome(rooms: readonly RoomResult[] = [], parts: Partial<WelcomeFrame> = {}): void {
    this.receive({
      type: 'welcome',
      session: 'session-1',
      user: null,
      tokenExpiresInMs: null,
      fingerprint: '0123456789abcdef',
      features: [],
      rooms,
      ...parts,
    });
  }

  /** Publications as they arrive: encoded and parsed again. */
  publish(...publications: [Publication, ...Publication[]]): void {
    this.receive(parseFrame(encodePublications(publications)));
  }

  receive(frame: Frame): void {
    this.#events.onFrame(frame);
  }

  fail(error: Error): void {
    this.#events.onDown(error);
  }
}
