import type { Part } from '@roomcast/realtime-processes';
import { type HeldSocket, openHeldSocket, type SocketRecord } from './heldSocket.ts';

export interface SocketPlan {
  readonly port: number;
  readonly token: string;
}

/** So many are on their way at once. */
const concurrency = 50;

/** Many sockets that do nothing. */
export type SocketsPart = Part & {
  /** Resolves when all are in their room. */
  open(plans: readonly SocketPlan[]): Promise<void>;
  /** With which code a token is refused, or null. */
  refusalOf(plan: SocketPlan): Promise<string | null>;
  records(): readonly SocketRecord[];
  close(): void;
};

export function createPart(): SocketsPart {
  const sockets: HeldSocket[] = [];
  return {
    async open(plans) {
      const left = plans.values();
      const lane = async () => {
        for (const { port, token } of left) sockets.push(await openHeldSocket(port, token));
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
    async refusalOf({ port, token }) {
      try {
        (await openHeldSocket(port, token)).terminate();
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    records: () => sockets.map(({ record }) => record),
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
