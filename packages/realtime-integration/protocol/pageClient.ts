import { WebSocket } from 'ws';
import type { RoomOutcome, RoomPosition, Tuple, Welcome } from './framedConnection.ts';
import type { Acknowledgement } from './socketIoByHand.ts';

// Written from docs/PROTOCOL.md and from nothing else, to see that the page is enough.

/** What a client hands to its application. */
interface PageClientNews {
  onEvent(room: string, event: string, payload: unknown): void;
  /** What was missed does not follow. */
  onGap(outcome: RoomOutcome): void;
}

export interface PageClient extends Disposable {
  /** Resolves when a welcome has arrived, at once where that is so already. */
  connected(): Promise<void>;
  /** Cuts the connection as a network does; the client comes back by itself. */
  cut(): void;
  call(action: string, input: unknown): Promise<Acknowledgement>;
  /** Where it stands in a room. */
  position(room: string): RoomPosition | undefined;
}

interface Room {
  position?: RoomPosition;
  /** Whether an answer about the room is awaited: what comes before it, comes again. */
  isAsking: boolean;
}

type Answer = (answer: Acknowledgement) => void;

export interface PageClientOptions {
  readonly url: string;
  readonly rooms: readonly string[];
  readonly news: PageClientNews;
  getToken?(): string;
  /** Resolves when the network is there; as long as it is not, the client stays away. */
  whenOnline?(): Promise<void>;
}

export function startPageClient({
  url,
  rooms: names,
  news,
  getToken,
  whenOnline = async () => {},
}: PageClientOptions): PageClient {
  const rooms = new Map<string, Room>(names.map((name) => [name, { isAsking: false }]));
  const asked = new Map<number, Answer>();
  let socket: WebSocket;
  let session: string | undefined;
  let isConnected = false;
  let isOver = false;
  let waiting: (() => void)[] = [];
  let count = 0;

  function open(): void {
    if (isOver) return;
    isConnected = false;
    for (const onAnswer of asked.values()) onAnswer({ ok: false });
    asked.clear();
    for (const room of rooms.values()) room.isAsking = false;
    socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const own = socket;
    own.on('message', (data) => own === socket && receive(String(data)));
    own.on('error', () => {});
    own.on('close', () => void whenOnline().then(open));
  }

  function receive(message: string): void {
    const [engineType, type] = message;
    if (engineType === '0') connect();
    if (engineType === '2') socket.send('3');
    if (engineType !== '4') return;
    const body = () => JSON.parse(message.slice(2));
    if (type === '3') acknowledge(message.slice(2));
    if (type === '4') isOver = true;
    if (type === 'W') welcome(body());
    if (type === 'P') take(...(body() as [string, string, Tuple[]]));
    if (type === 'R') apply(body().result);
    if (type === 'T') request('roomcast:authenticate', getToken?.());
  }

  function connect(): void {
    const requests = [...rooms].map(([room, { position }]) => ({ room, position }));
    const roomcast = { protocol: 1, contract: '2.3', fingerprint: '0'.repeat(16) };
    const auth = { token: getToken?.(), roomcast: { ...roomcast, session, rooms: requests } };
    socket.send(`40${JSON.stringify(auth)}`);
  }

  function welcome(body: Welcome): void {
    session = body.session;
    for (const outcome of body.rooms) apply(outcome);
    isConnected = true;
    for (const resolve of waiting.splice(0)) resolve();
  }

  function apply(outcome: RoomOutcome): void {
    const room = rooms.get(outcome.room);
    if (!room) return;
    room.isAsking = false;
    if (outcome.status === 'refused') rooms.delete(outcome.room);
    // After `resumed` it keeps its own and moves on with what follows.
    if (outcome.status === 'fresh' || outcome.status === 'gap') room.position = outcome.position;
    if (outcome.status === 'gap') news.onGap(outcome);
  }

  function take(name: string, epoch: string, tuples: readonly Tuple[]): void {
    for (const tuple of tuples) {
      const room = rooms.get(name);
      if (!room?.position) return;
      if (tuple[1] === 2) news.onEvent(name, tuple[0], tuple[4]);
      else if (!room.isAsking) takeInOrder(name, room, room.position, epoch, tuple);
    }
  }

  function takeInOrder(
    name: string,
    room: Room,
    held: RoomPosition,
    epoch: string,
    [event, delivery, counter, , payload]: Tuple,
  ): void {
    const isReliable = delivery === 0;
    const isHole = isReliable && counter > held.offset + 1;
    if (epoch !== held.epoch || isHole) {
      room.isAsking = true;
      request('roomcast:join', [{ room: name, position: held }], ({ value = [] }) => {
        for (const outcome of value as RoomOutcome[]) apply(outcome);
      });
      return;
    }
    const isKnown = counter <= (isReliable ? held.offset : held.revision);
    if (isKnown) return;
    room.position = { ...held, [isReliable ? 'offset' : 'revision']: counter };
    news.onEvent(name, event, payload);
  }

  /** In the turn of the answer, since what follows it is of the rooms that it is about. */
  function request(name: string, argument: unknown, onAnswer: Answer = () => {}): void {
    const id = count++;
    socket.send(`42${id}${JSON.stringify([name, argument])}`);
    asked.set(id, onAnswer);
  }

  function acknowledge(text: string): void {
    const start = text.indexOf('[');
    const [answer] = JSON.parse(text.slice(start));
    const id = Number(text.slice(0, start));
    asked.get(id)?.(answer);
    asked.delete(id);
  }

  open();
  return {
    connected: () =>
      isConnected ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve)),
    cut: () => {
      isConnected = false;
      socket.terminate();
    },
    call: (action, input) => new Promise((resolve) => request(action, input, resolve)),
    position: (room) => rooms.get(room)?.position,
    [Symbol.dispose]() {
      isOver = true;
      waiting = [];
      socket.terminate();
    },
  };
}
