import { RoomcastError } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocketManager } from '@roomcast/realtime-server';
import { Transport } from 'engine.io';
import { z } from 'zod';
import { isSoundBooking } from './soundBooking.ts';
import { wireContract } from './wireContract.ts';

/** What is wrong with a server, for a test of what the scenario finds. */
export type Weakness = 'unvalidated' | 'uncaught' | 'polluted';

/** What a server has seen of itself. */
export interface ServerReport {
  /** What nobody has caught, rejections included: each would have ended the process. */
  readonly uncaught: readonly string[];
  /** What the application was told of, by its source, with an example of each. */
  readonly reported: Readonly<Record<string, string>>;
  readonly handlerRuns: number;
  /** Inputs of handlers that no schema can have let through. */
  readonly unsound: readonly string[];
  /** Names that every object has now, and did not have. */
  readonly polluted: readonly string[];
  /** How many packets the engine was given to parse. */
  readonly packets: number;
}

/** A server that is given anything. */
export type FuzzedServerPart = Part & {
  /** @returns the port, on loopback */
  open(weakness: Weakness | null): Promise<number>;
  report(): ServerReport;
  close(): Promise<void>;
};

/** For who asks the compiler it is the same one. */
const lax = {
  ...wireContract,
  actions: { ...wireContract.actions, book: { ...wireContract.actions.book, input: z.any() } },
} as unknown as typeof wireContract;

export function createPart(): FuzzedServerPart {
  const uncaught: string[] = [];
  const reported: Record<string, string> = {};
  const unsound: string[] = [];
  let handlerRuns = 0;
  let packets = 0;
  let manager: WebSocketManager<typeof wireContract>;
  process.on('uncaughtException', (error) => void uncaught.push(textOf(error)));
  process.on('unhandledRejection', (error) => void uncaught.push(textOf(error)));
  countPackets(() => {
    packets += 1;
  });
  const weaken: Readonly<Record<Weakness, () => void>> = {
    unvalidated: () => {},
    uncaught: () => void setImmediate(() => void JSON.parse('{')),
    polluted: () => void Object.assign(Object.prototype, { polluted: true }),
  };
  return {
    async open(weakness) {
      const isLax = weakness === 'unvalidated';
      manager = new WebSocketManager({
        contract: isLax ? lax : wireContract,
        ...{ env: {}, presenceWindowMs: 10 },
        // Whoever sends as much would be cut off long before it has tried anything.
        limits: { unlimitedAddresses: ['loopback'] },
        async authenticate(token) {
          if (token !== 'alice' && token !== 'bob') {
            throw new RoomcastError('AUTHENTICATION_FAILED', 'The token is nobody’s.');
          }
          return { id: token };
        },
        authorise: (_, rooms) => rooms.map(({ params }) => params.teamId === '1'),
        actions: {
          book(input) {
            handlerRuns += 1;
            if (!isSoundBooking(input)) unsound.push(JSON.stringify(input).slice(0, 500));
            if (weakness) weaken[weakness]();
            return { booked: input.count };
          },
          echo(input) {
            handlerRuns += 1;
            return input;
          },
        },
        onError(error, source) {
          reported[source.replace(/".*"/s, '"…"')] ??= textOf(error);
        },
      });
      return (await manager.listen(0, '127.0.0.1')).port;
    },
    report: () => ({
      ...{ uncaught, reported, handlerRuns, unsound, packets },
      polluted: Object.keys(Object.prototype),
    }),
    close: () => manager.close(),
  };
}

/** What the fuzzers have written and the server has read are not the same. */
function countPackets(onPacket: () => void): void {
  const { prototype } = Transport as unknown as { readonly prototype: EngineTransport };
  const { onPacket: handle } = prototype;
  prototype.onPacket = function countAndHandle(packet) {
    onPacket();
    handle.call(this, packet);
  };
}

interface EngineTransport {
  onPacket(packet: unknown): void;
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
