import {
  encodeHandshake,
  type Frame,
  type Position,
  parseFrame,
  type RoomResult,
} from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { preciseNow } from '../clock/preciseNow.ts';
import { Changes } from '../waiting/changes.ts';
import { room, slowReadersContract } from './slowReadersContract.ts';

/** How often a client that does not read says that it is there all the same. */
const fakePongMs = 200;

/** A client of the framed dialect on a raw WebSocket, which may cease to read. */
export class Reader {
  /** How long each publication was on its way, in milliseconds. */
  readonly latenciesMs: number[] = [];
  /** What it was sent and should not have been. */
  readonly problems: string[] = [];
  /** How often it was told that something is missing. */
  gaps = 0;
  /** How often it was closed by the server. */
  closed = 0;
  held: Position | null = null;
  readonly #port: number;
  readonly #changes = new Changes();
  #socket: WebSocket | null = null;
  #pongs: NodeJS.Timeout | undefined;
  #isPaused = false;

  constructor(port: number) {
    this.#port = port;
  }

  /** Opens a connection, and goes on from where it stood. */
  open(): void {
    const socket = new WebSocket(
      `ws://127.0.0.1:${this.#port}/socket.io/?EIO=4&transport=websocket`,
    );
    this.#socket = socket;
    socket.on('message', (data) => this.#hear(socket, String(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.closed += 1;
      this.#socket = null;
      // It finds out when it reads again, and comes back as any client does.
      if (!this.#isPaused) this.open();
      this.#changes.tell();
    });
  }

  /** From now on it takes nothing; it may go on to say that it is there. */
  pause({ fakesPongs }: { readonly fakesPongs: boolean }): void {
    const socket = this.#socket;
    this.#isPaused = true;
    socket?.pause();
    if (fakesPongs) this.#pongs = setInterval(() => socket?.send('3'), fakePongMs);
  }

  resume(): void {
    clearInterval(this.#pongs);
    this.#isPaused = false;
    if (this.#socket) this.#socket.resume();
    else this.open();
  }

  joined(): Promise<void> {
    return this.#until(() => this.held !== null);
  }

  /** Waits until it stands at the end of what was published. */
  reaches(offset: number): Promise<void> {
    return this.#until(() => this.held?.offset === offset);
  }

  end(): void {
    clearInterval(this.#pongs);
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  #until(holds: () => boolean): Promise<void> {
    return this.#changes.until(holds, () => `a reader stands at ${this.held?.offset}`, 20_000);
  }

  #hear(socket: WebSocket, message: string): void {
    if (message === '2') socket.send('3');
    if (message.startsWith('0')) socket.send(`40${JSON.stringify(this.#handshake())}`);
    if (!/^4[A-Z]/.test(message)) return;
    this.#take(parseFrame(message.slice(1)));
    this.#changes.tell();
  }

  #handshake() {
    const { version: contractVersion, fingerprint } = slowReadersContract;
    const rooms = [{ room, ...(this.held && { position: this.held }) }];
    return encodeHandshake({
      ...{ dialect: 'framed', token: null, contractVersion, fingerprint, features: [], rooms },
    });
  }

  #take(frame: Frame): void {
    if (frame.type === 'welcome') for (const result of frame.rooms) this.#settle(result);
    else if (frame.type === 'room') this.#settle(frame.result);
    else if (frame.type !== 'publications') this.problems.push(`got a frame "${frame.type}"`);
    else {
      for (const { counter, payload } of frame.publications) {
        this.#receive(counter, payload as { readonly sentAtMs: number });
      }
    }
  }

  #settle(result: RoomResult): void {
    if (result.status === 'refused') this.problems.push(`was refused: ${result.error.code}`);
    else if (result.status !== 'resumed') this.held = result.position;
    if (result.status === 'gap') this.gaps += 1;
  }

  #receive(counter: number, { sentAtMs }: { readonly sentAtMs: number }): void {
    if (!this.held || counter !== this.held.offset + 1) {
      this.problems.push(`got ${counter} behind ${this.held?.offset}`);
      return;
    }
    this.held = { ...this.held, offset: counter };
    this.latenciesMs.push(preciseNow() - sentAtMs);
  }
}
