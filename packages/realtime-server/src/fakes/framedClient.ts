import { createFrameReader, type FrameReader } from '@roomcast/realtime-compression/frames';
import {
  clientRequests,
  type Frame,
  isRecord,
  type Position,
  type PublicationsFrame,
  parseFrame,
  parseRoomResult,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { contractDictionary } from '@roomcast/realtime-contract/compressed-frames';
import { createTestContract } from './createTestContract.ts';
import type { FakeConnection } from './fakeConnection.ts';

const dictionary = contractDictionary(createTestContract());

/**
 * A framed client by the letter of docs/PROTOCOL.md, and stricter: it throws at what no server may
 * send, which is also what it has already.
 */
export class FramedClient {
  /** Where it stands in the rooms that it is in. */
  readonly held: Map<string, Position> = new Map();
  /** Where it ever stood in a room. */
  readonly history: Map<string, Position[]> = new Map();
  /** What it was sent: `event-1 epoch-1 7`, with the payload. */
  readonly received: Map<string, unknown> = new Map();
  secret: string | null = null;
  isExpired = false;
  endedWith: string | null = null;
  /** How many compressed frames came. */
  get compressed(): number {
    return this.#connection.written.flat().filter((packet) => typeof packet !== 'string').length;
  }
  readonly #frames: FrameReader = createFrameReader({ dictionary: dictionary.bytes });
  readonly #connection: FakeConnection;
  /** From where it asked for rooms that were not answered yet. */
  readonly #asked = new Map<string, Position | undefined>();
  #renewing = 0;
  #read = 0;

  constructor(connection: FakeConnection, asked: readonly { room: string; position?: Position }[]) {
    this.#connection = connection;
    for (const { room, position } of asked) this.#asked.set(room, position);
  }

  join(room: string, position?: Position): void {
    this.#request(clientRequests.join, [{ room, ...(position && { position }) }], (value) => {
      for (const result of value as unknown[]) {
        const parsed = parseRoomResult(result);
        if (!parsed) throw new Error(`No result: ${JSON.stringify(result)}`);
        this.#settle(parsed, position);
      }
    });
  }

  leave(room: string): void {
    this.#request(clientRequests.leave, [room], () => {
      this.held.delete(room);
      this.#frames.leave(room);
    });
  }

  renew(token: string): void {
    this.#renewing += 1;
    this.#request(
      clientRequests.authenticate,
      token,
      (value) => {
        const left = isRecord(value) ? value.tokenExpiresInMs : 0;
        if (left === null || Number(left) > 0) this.isExpired = false;
      },
      () => {
        this.#renewing -= 1;
      },
    );
  }

  /** Takes what was written since it last looked. */
  read(): void {
    for (const packet of this.#connection.written.slice(this.#read).flat()) {
      this.#take(parseFrame(typeof packet === 'string' ? packet : this.#frames.read(packet)));
    }
    this.#read = this.#connection.written.length;
  }

  #request(
    name: string,
    arg: unknown,
    onAccepted: (value: unknown) => void,
    onAnswered: () => void = () => {},
  ): void {
    let isAnswered = false;
    this.#connection.deliver({
      name,
      args: [arg],
      acknowledge: (answer) => {
        // As Socket.IO does: only the first answer counts.
        if (isAnswered) return;
        isAnswered = true;
        // What was written before the answer comes before it.
        this.read();
        onAnswered();
        // As for a client whose connection is gone.
        if (!this.#connection.isOpen) return;
        if (isRecord(answer) && answer.ok === true) onAccepted(answer.value);
      },
    });
  }

  #take(frame: Frame): void {
    if (this.endedWith) throw new Error(`A frame after the end: ${frame.type}`);
    if (this.secret === null && frame.type !== 'welcome' && frame.type !== 'close') {
      throw new Error(`The first frame is ${frame.type}.`);
    }
    if (frame.type === 'token') this.isExpired = true;
    if (frame.type === 'close') this.endedWith = frame.error.code;
    if (frame.type === 'room') this.#settle(frame.result, undefined);
    if (frame.type === 'publications') this.#receive(frame);
    if (frame.type !== 'welcome') return;
    if (this.secret !== null) throw new Error('A second welcome.');
    this.secret = frame.session;
    for (const result of frame.rooms) this.#settle(result, this.#asked.get(result.room));
  }

  #settle(result: RoomResult, asked: Position | undefined): void {
    if (result.status === 'refused') {
      this.held.delete(result.room);
      this.#frames.leave(result.room);
    } else if (result.status !== 'resumed') this.#hold(result.room, result.position);
    else if (asked) this.#hold(result.room, asked);
    else throw new Error(`Resumed without having asked: ${result.room}`);
  }

  #hold(room: string, position: Position): void {
    this.held.set(room, position);
    this.history.set(room, [...(this.history.get(room) ?? []), position]);
  }

  #receive({ room, epoch, publications }: PublicationsFrame): void {
    if (this.isExpired && this.#renewing === 0)
      throw new Error(`Expired, and got news of ${room}.`);
    for (const { delivery, counter, payload } of publications) {
      const held = this.held.get(room);
      if (!held) throw new Error(`Got news of ${room}, where it is not.`);
      if (delivery === 'volatile') continue;
      const what = `${room} ${epoch} ${delivery} ${counter}, holding ${JSON.stringify(held)}`;
      if (epoch !== held.epoch) throw new Error(`Another epoch: ${what}`);
      if (delivery === 'reliable' && counter !== held.offset + 1) throw new Error(`Hole: ${what}`);
      if (delivery === 'latest' && counter <= held.revision) throw new Error(`Old: ${what}`);
      this.received.set(`${room} ${epoch} ${delivery} ${counter}`, payload);
      this.#hold(room, {
        ...held,
        ...(delivery === 'reliable' ? { offset: counter } : { revision: counter }),
      });
    }
  }
}
