import { connect, type Socket } from 'node:net';
import { Changes } from '../waiting/changes.ts';
import { upgradeRequest } from './httpBytes.ts';
import { ServerFrames } from './serverFrames.ts';
import { webSocketFrame } from './webSocketBytes.ts';

const opcodes = { text: 1, binary: 2, close: 8 };
const endOfHead = Buffer.from('\r\n\r\n');

/** A WebSocket over TCP of which every byte is ours. */
export class RawWebSocket {
  /** What arrived, each an engine.io message; of a binary one only that it was there. */
  readonly messages: string[] = [];
  readonly #tcp: Socket;
  readonly #changes = new Changes();
  readonly #frames = new ServerFrames();
  #head: Buffer | null = Buffer.alloc(0);
  #isClosed = false;
  #closeCode: number | null = null;
  #status: number | null = null;

  constructor(port: number, bytes: Buffer = upgradeRequest()) {
    this.#tcp = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#tcp.write(bytes);
    this.#tcp.on('data', (chunk) => this.#read(chunk));
    this.#tcp.on('error', () => {});
    this.#tcp.on('close', () => {
      this.#isClosed = true;
      this.#changes.tell();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The status of the upgrade, as far as there is one. */
  get status(): number | null {
    return this.#status;
  }

  /** The code with which the server has closed, as far as it gave one. */
  get closeCode(): number | null {
    return this.#closeCode;
  }

  /** Opens one, and says hello to the server as a client of a dialect does. */
  static async connected(port: number, auth: unknown, isFramed: boolean): Promise<RawWebSocket> {
    const socket = new RawWebSocket(port);
    await socket.until((message) => message.startsWith('0'));
    socket.send(`40${JSON.stringify(auth)}`);
    await socket.until((message) => message.startsWith(isFramed ? '4W' : '40'));
    if (socket.isClosed) throw new Error(`The server has ended ${socket.messages.join(' ')}.`);
    return socket;
  }

  /** A message that has its form: a text or a binary one. */
  send(message: string | Buffer): void {
    this.write(webSocketFrame(message));
  }

  write(bytes: Buffer): void {
    if (!this.#isClosed) this.#tcp.write(bytes);
  }

  /** Waits for a message, or for the end of the connection. */
  async until(
    matches: (message: string) => boolean,
    timeoutMs = 10_000,
  ): Promise<string | undefined> {
    const find = () => this.messages.find(matches);
    const describe = () => `the socket had ${this.messages.join(' ').slice(0, 2_000)}`;
    await this.#changes.until(() => this.#isClosed || find() !== undefined, describe, timeoutMs);
    return find();
  }

  /** Says nothing more, and waits for the server to hang up. */
  end(): void {
    this.#tcp.end();
  }

  terminate(): void {
    this.#tcp.destroy();
  }

  #read(chunk: Buffer): void {
    let bytes = chunk;
    if (this.#head) {
      this.#head = Buffer.concat([this.#head, chunk]);
      const end = this.#head.indexOf(endOfHead);
      if (end < 0) return;
      this.#status = Number(this.#head.toString('latin1', 9, 12));
      bytes = this.#head.subarray(end + endOfHead.length);
      this.#head = null;
    }
    for (const { opcode, payload } of this.#frames.add(bytes)) {
      if (opcode === opcodes.close) {
        this.#closeCode = payload.length > 1 ? payload.readUInt16BE(0) : null;
        // As a client has to: the server hangs up behind it.
        this.write(webSocketFrame(payload, { opcode: opcodes.close }));
      } else if (opcode === opcodes.text) this.#hear(payload.toString());
      else if (opcode === opcodes.binary) this.messages.push('binary');
    }
    this.#changes.tell();
  }

  #hear(message: string): void {
    if (message === '2') this.send('3');
    else this.messages.push(message);
  }
}
