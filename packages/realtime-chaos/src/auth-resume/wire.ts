import { encodeHandshake, type Position } from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { Changes } from '../waiting/changes.ts';
import { authResumeContract } from './authResumeContract.ts';

/** A session whose every byte is seen: a WebSocket that speaks the framed dialect by hand. */
export class Wire {
  /** What arrived, each an engine.io message. */
  readonly messages: string[] = [];
  readonly #socket: WebSocket;
  readonly #changes = new Changes();
  #isClosed = false;

  /** Opens a connection and asks for a room. */
  constructor(url: string, token: string, request: { room: string; position?: Position }) {
    this.#socket = new WebSocket(
      `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
    );
    const { version: contractVersion, fingerprint } = authResumeContract;
    const auth = encodeHandshake({
      ...{ dialect: 'framed', token, contractVersion, fingerprint, rooms: [request], features: [] },
    });
    this.#socket.on('message', (data) => {
      const message = String(data);
      this.messages.push(message);
      if (message.startsWith('0')) this.#socket.send(`40${JSON.stringify(auth)}`);
      if (message === '2') this.#socket.send('3');
      this.#changes.tell();
    });
    this.#socket.on('error', () => {});
    this.#socket.on('close', () => {
      this.#isClosed = true;
      this.#changes.tell();
    });
  }

  /** Waits for a message. */
  async arrival(matches: (message: string) => boolean): Promise<string> {
    const find = () => this.messages.find(matches);
    await this.#until(() => find() !== undefined);
    return find() ?? '';
  }

  /** Waits until the server has closed it. */
  closed(): Promise<void> {
    return this.#until(() => this.#isClosed);
  }

  /** Ends it without a word. */
  terminate(): void {
    this.#socket.terminate();
  }

  #until(holds: () => boolean): Promise<void> {
    return this.#changes.until(holds, () => `the wire had ${this.messages.join(' ')}`, 20_000);
  }
}
