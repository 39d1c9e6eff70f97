import type { Part } from '@roomcast/realtime-processes';
import { openClient } from '../load/engineClient.ts';
import { roomsOf } from '../load/roomsOf.ts';
import { type ClientsOptions, runClients } from '../load/runClients.ts';
import { signTokens } from '../load/signTokens.ts';
import { createMeter } from '../peers/meter.ts';
import { type Connector, connectDialogues } from './connectDialogues.ts';

export interface ConnectOptions extends ClientsOptions {
  readonly connector: Connector;
  readonly port: number;
}

/** What one round's clients saw. */
export interface ConnectRound {
  readonly wallMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly roundTrips: number;
  /** What the load itself needed: where it comes near the wall time, the load is the brake. */
  readonly loadCpuMs: number;
}

export interface ConnectLoad extends Part {
  /** Signs the tokens, outside of what is measured. */
  prepare(options: { readonly secret: string; readonly count: number }): Promise<void>;
  /** Connects all clients, and lets them go again. */
  connect(options: ConnectOptions): Promise<ConnectRound>;
}

const roomsPerClient = 3;

export function createPart(): ConnectLoad {
  let tokens: readonly string[] = [];
  return {
    async prepare({ secret, count }) {
      tokens = await signTokens(secret, count);
    },
    async connect({ connector, port, ...options }) {
      const meter = createMeter();
      meter.start();
      const { clients, ...result } = await runClients(
        options,
        tokens.map((token, index) =>
          connectDialogues[connector](token, roomsOf(index, roomsPerClient)),
        ),
        (dialogue) => openClient(port, dialogue),
      );
      const { cpuMs: loadCpuMs } = meter.stop();
      for (const client of clients) client.terminate();
      return { ...result, loadCpuMs };
    },
  };
}
