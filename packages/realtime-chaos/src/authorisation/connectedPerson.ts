import {
  clientRequests,
  encodeHandshake,
  type Position,
  parseFrame,
  type RoomRequest,
  type RoomResult,
  readAcknowledgement,
} from '@roomcast/realtime-contract';
import { WebSocket } from 'ws';
import { Changes } from '../waiting/changes.ts';
import { authorisationContract } from './authorisationContract.ts';
import type { Person } from './company.ts';
import { SeenStream } from './seenStream.ts';

type Answer = (acknowledgement: unknown) => void;

/** A client that asks for whatever it likes, on a raw WebSocket. */
export class ConnectedPerson {
  readonly person: Person;
  readonly #port: number;
  readonly #patienceMs: number;
  readonly #changes = new Changes();
  readonly #answers = new Map<number, Answer>();
  #asked = 0;
  #socket: WebSocket | null = null;
  #stream = new SeenStream();
  #earlier = { delivered: 0, foreign: [] as readonly string[] };

  /** @param patienceMs - how long what has to come may take */
  constructor(port: number, person: Person, patienceMs: number) {
    this.#port = port;
    this.#patienceMs = patienceMs;
    this.person = person;
  }

  /** The rooms that it is in, each with the offset up to which it has everything. */
  get rooms(): ReadonlyMap<string, number> {
    return this.#stream.rooms;
  }

  get delivered(): number {
    return this.#earlier.delivered + this.#stream.delivered;
  }

  /** What it was sent of rooms that it was not in. */
  get foreign(): readonly string[] {
    return [...this.#earlier.foreign, ...this.#stream.foreign];
  }

  /** Opens a connection with these rooms. @returns what became of them and of others */
  async open(rooms: readonly RoomRequest[]): Promise<readonly RoomResult[]> {
    const socket = new WebSocket(
      `ws://127.0.0.1:${this.#port}/socket.io/?EIO=4&transport=websocket`,
    );
    this.#socket = socket;
    this.#earlier = { delivered: this.delivered, foreign: this.foreign };
    this.#stream = new SeenStream();
    let results: readonly RoomResult[] | null = null;
    const { version: contractVersion, fingerprint } = authorisationContract;
    const { id, role } = this.person;
    const auth = encodeHandshake({
      ...{ dialect: 'framed', contractVersion, fingerprint, features: [], rooms },
      token: role === 'guest' ? null : id,
    });
    socket.on('message', (data) => {
      const message = String(data);
      if (message === '2') socket.send('3');
      else if (message.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
      else if (message.startsWith('43')) this.#answer(message);
      else if (/^4[A-Z]/.test(message)) {
        const frame = parseFrame(message.slice(1));
        if (frame.type === 'welcome') {
          results = frame.rooms;
          for (const result of results) this.#settle(result, rooms);
        } else this.#stream.hear(frame);
      }
      this.#changes.tell();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
      this.#changes.tell();
    });
    await this.until(() => results !== null, 'is welcome');
    return results ?? [];
  }

  /** Asks for one room. */
  async join(request: { readonly room: unknown; readonly position?: Position }): Promise<boolean> {
    const answer = await this.#ask(clientRequests.join, [request], (acknowledgement) => {
      for (const result of resultsOf(acknowledgement)) {
        this.#settle(result, [request as RoomRequest]);
      }
    });
    return resultsOf(answer).some(({ status }) => status !== 'refused');
  }

  async leave(room: unknown): Promise<void> {
    await this.#ask(clientRequests.leave, [room], () => this.#stream.rooms.delete(`${room}`));
  }

  /** @returns whether the request was granted */
  async asks(
    name: Exclude<keyof typeof clientRequests, 'join' | 'leave'>,
    argument: unknown,
  ): Promise<boolean> {
    const answer = await this.#ask(clientRequests[name], argument, () => {});
    try {
      readAcknowledgement(answer);
      return true;
    } catch {
      return false;
    }
  }

  /** Ends the connection without a word. */
  async cut(): Promise<void> {
    this.#socket?.terminate();
    await this.closed();
  }

  closed(): Promise<void> {
    return this.until(() => this.#socket === null, 'is closed');
  }

  until(holds: () => boolean, what: string): Promise<void> {
    const describe = () => `${this.person.id} never ${what}; it is in ${[...this.rooms.keys()]}`;
    return this.#changes.until(holds, describe, this.#patienceMs);
  }

  #settle(result: RoomResult, requests: readonly RoomRequest[]): void {
    const asked = requests.find(({ room }) => room === result.room);
    this.#stream.settle(result, asked?.position?.offset);
  }

  #ask(name: string, argument: unknown, onAnswer: Answer): Promise<unknown> {
    this.#asked += 1;
    const id = this.#asked;
    this.#socket?.send(`42${id}${JSON.stringify([name, argument])}`);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.person.id} got no answer on ${name}.`)),
        this.#patienceMs,
      );
      this.#answers.set(id, (acknowledgement) => {
        clearTimeout(timer);
        onAnswer(acknowledgement);
        resolve(acknowledgement);
      });
    });
  }

  /** In the turn of its arrival: what comes behind it may be of a room that it lets in. */
  #answer(message: string): void {
    const [, id = '', list = '[]'] = /^43(\d+)(.*)$/s.exec(message) ?? [];
    const [acknowledgement] = JSON.parse(list) as unknown[];
    this.#answers.get(Number(id))?.(acknowledgement);
    this.#answers.delete(Number(id));
  }
}

function resultsOf(acknowledgement: unknown): readonly RoomResult[] {
  try {
    return readAcknowledgement(acknowledgement) as readonly RoomResult[];
  } catch {
    return [];
  }
}
