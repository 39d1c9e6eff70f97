import type { Part } from '@roomcast/realtime-processes';
import type { Dialogue } from '../load/dialogue.ts';
import { type EngineClient, openClient } from '../load/engineClient.ts';
import { runClients } from '../load/runClients.ts';
import { signTokens } from '../load/signTokens.ts';
import type { Peer } from '../peers/peer.ts';
import { createOursReturning } from './oursReturning.ts';
import type { ReturningClient } from './returningClient.ts';
import { createStockReturning } from './stockReturning.ts';

export interface JoinOptions {
  readonly peer: Peer;
  readonly port: number;
}

/** What the clients saw who came back. */
export interface ReturnedClients {
  /** From the first one's start to the last one's last missed event. */
  readonly wallMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface ResumeLoad extends Part {
  /** Signs the tokens, outside of what is measured. */
  prepare(options: { readonly secret: string; readonly count: number }): Promise<void>;
  /** Connects all clients and joins the room with each. */
  join(options: JoinOptions): Promise<void>;
  /** How many clients have heard an event, and can say where they stand. */
  countPlaced(): number;
  /** Cuts all clients off, as a network does. */
  cut(): void;
  /** Lets all come back, each from where it stood, and waits until they have what they missed. */
  resume(options: { readonly missed: number }): Promise<ReturnedClients>;
}

const room = 'event-42';
const concurrency = 100;
/** Stock needs half a minute for a thousand clients at 100,000 kept packets. */
const timeoutMs = 300_000;

const create: Readonly<Record<Peer, (room: string, token: string) => ReturningClient>> = {
  ours: createOursReturning,
  stock: createStockReturning,
};

export function createPart(): ResumeLoad {
  let tokens: readonly string[] = [];
  let returning: readonly ReturningClient[] = [];
  let connected: readonly EngineClient[] = [];
  let port = 0;

  function cut(): void {
    for (const client of connected) client.terminate();
    connected = [];
  }

  const run = (dialogues: readonly Dialogue[]) =>
    runClients({ concurrency, timeoutMs }, dialogues, (dialogue) => openClient(port, dialogue));

  return {
    async prepare({ secret, count }) {
      tokens = await signTokens(secret, count);
    },
    async join({ peer, port: serverPort }) {
      port = serverPort;
      returning = tokens.map((token) => create[peer](room, token));
      const dialogues = returning.map((client) => client.join());
      connected = (await run(dialogues)).clients;
    },
    countPlaced: () => returning.filter(({ hasPlace }) => hasPlace).length,
    cut,
    async resume({ missed }) {
      const dialogues = returning.map((client) => client.resume(missed));
      const { clients, ...result } = await run(dialogues);
      connected = clients;
      cut();
      return result;
    },
  };
}
