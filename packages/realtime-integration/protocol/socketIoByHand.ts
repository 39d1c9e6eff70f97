import type { Carrier } from './carrier.ts';

/** What every request is answered with. */
export interface Acknowledgement {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Socket.IO's packets on a carrier, in the namespace `/`. */
export interface SocketIoByHand {
  /** Sends CONNECT and waits for the answer, also where it is a refusal: `40…` or `44…`. */
  connect(auth: unknown): Promise<string>;
  /** Sends an event that asks for no acknowledgement. */
  emit(name: string, ...args: readonly unknown[]): void;
  /** Sends an event and resolves with its acknowledgement. */
  ask(name: string, ...args: readonly unknown[]): Promise<Acknowledgement>;
  /** The events that arrived so far, each a list of its name and its arguments. */
  events(): readonly (readonly unknown[])[];
}

export function speakSocketIo(carrier: Carrier): SocketIoByHand {
  let count = 0;
  return {
    async connect(auth) {
      carrier.send(`40${JSON.stringify(auth)}`);
      return carrier.until(() => carrier.messages.find((message) => /^4[04]/.test(message)));
    },
    emit: (...event) => carrier.send(`42${JSON.stringify(event)}`),
    async ask(...event) {
      const id = count++;
      carrier.send(`42${id}${JSON.stringify(event)}`);
      const start = `43${id}[`;
      return JSON.parse((await carrier.next(start)).slice(start.length - 1))[0];
    },
    events: () =>
      carrier.messages
        .filter((message) => message.startsWith('42'))
        .map((message) => JSON.parse(message.slice(2))),
  };
}
