import type { Carrier, OpenCarrier } from './carrier.ts';
import { openRaw, type RawConnection } from './rawConnection.ts';
import { type Acknowledgement, speakSocketIo } from './socketIoByHand.ts';

/** Where a room's log stands. */
export interface RoomPosition {
  readonly epoch: string;
  readonly offset: number;
  readonly revision: number;
}

/** What became of a room, in a welcome, an answer or an `R` frame. */
export interface RoomOutcome {
  readonly room: string;
  readonly status: 'fresh' | 'resumed' | 'gap' | 'refused';
  readonly position: RoomPosition;
  readonly reason?: string;
  readonly missed?: number;
  readonly quietForMs?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Welcome {
  readonly session: string;
  readonly user: string | null;
  readonly tokenExpiresInMs: number | null;
  readonly fingerprint: string;
  readonly features: readonly string[];
  readonly rooms: readonly RoomOutcome[];
}

/** A publication as a frame has it. */
export type Tuple = readonly [
  event: string,
  delivery: number,
  counter: number,
  publishedAtMs: number,
  payload: unknown,
  header?: Readonly<Record<string, unknown>>,
];

/** A framed session whose requests are written by hand, so that they may be anything. */
export interface FramedConnection<Raw extends Carrier = Carrier> extends Disposable {
  readonly raw: Raw;
  readonly welcome: Welcome;
  /** Sends a request and resolves with the acknowledgement. */
  ask(name: string, ...args: readonly unknown[]): Promise<Acknowledgement>;
  /** Asks for rooms and resolves with what became of them. */
  join(...requests: readonly unknown[]): Promise<readonly RoomOutcome[]>;
  /** The bodies of the frames that arrived so far with a letter, in order. */
  frames(letter: string): readonly unknown[];
  /** The publications of a room that arrived so far, in order. */
  publications(room: string): readonly Tuple[];
  /** Waits until so many publications of a room have arrived, and resolves with all there are. */
  received(room: string, count: number): Promise<readonly Tuple[]>;
  /** Waits until what the server has written by now has arrived. */
  settle(): Promise<void>;
}

/** `auth.roomcast` besides its required fields, which may be replaced, and the token. */
export interface FramedAuth extends Readonly<Record<string, unknown>> {
  readonly token?: string | null;
}

/** The `auth` of a client of the framed dialect. */
export function framedAuth({ token, ...fields }: FramedAuth = {}): Record<string, unknown> {
  const required = { protocol: 1, contract: '2.3', fingerprint: '0123456789abcdef' };
  return { token, roomcast: { ...required, ...fields } };
}

/** Opens a framed session over WebSocket and waits for its welcome; a refusal is what it rejects with. */
export async function connectFramed(
  url: string,
  auth: FramedAuth = {},
): Promise<FramedConnection<RawConnection>> {
  return welcomed(await openRaw(url), auth);
}

/** As {@link connectFramed}, over a transport of choice. */
export async function connectFramedOver(
  open: OpenCarrier,
  url: string,
  auth: FramedAuth = {},
): Promise<FramedConnection> {
  return welcomed(await open(url), auth);
}

async function welcomed<Raw extends Carrier>(
  raw: Raw,
  auth: FramedAuth,
): Promise<FramedConnection<Raw>> {
  const { connect, ask } = speakSocketIo(raw);
  const answer = await connect(framedAuth(auth));
  if (answer.startsWith('44')) throw JSON.parse(answer.slice(2));
  const welcome = JSON.parse((await raw.next('4W')).slice(2));

  const read: [letter: string | undefined, body: unknown][] = [];
  const frames = (letter: string): unknown[] => {
    for (const message of raw.messages.slice(read.length)) {
      const isFrame = /^4[A-Z]/.test(message);
      read.push(isFrame ? [message[1], JSON.parse(message.slice(2))] : [undefined, null]);
    }
    return read.flatMap(([of, body]) => (of === letter ? [body] : []));
  };
  const publications = (room: string) =>
    (frames('P') as [string, string, Tuple[]][]).flatMap(([of, , tuples]) =>
      of === room ? tuples : [],
    );
  return {
    ...{ raw, welcome, ask, frames, publications },
    join: async (...requests) => (await ask('roomcast:join', requests)).value as RoomOutcome[],
    received: (room, count) =>
      raw.until(() => {
        const all = publications(room);
        return all.length >= count ? all : undefined;
      }),
    async settle() {
      await ask('roomcast:leave', []);
    },
    [Symbol.dispose]: () => raw.terminate(),
  };
}
