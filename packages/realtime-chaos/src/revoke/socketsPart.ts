import type { Part } from '@roomcast/realtime-processes';
import { Changes } from '../waiting/changes.ts';
import { cpuMs } from './cpuMs.ts';
import {
  type HeldSocket,
  type Loss,
  openHeldSocket,
  type SocketPlan,
  type SocketRecord,
} from './heldSocket.ts';

/** So many are on their way at once. */
const concurrency = 50;

export interface ToldOrder {
  readonly loss: Loss;
  readonly userId: string;
}

const timeoutMs = 10_000;

/** Many sockets that do nothing. */
export type SocketsPart = Part & {
  /** Resolves when all are in their rooms. */
  open(plans: readonly SocketPlan[]): Promise<void>;
  /** With which code a token is refused, or null. */
  refusalOf(plan: SocketPlan): Promise<string | null>;
  /**
   * Resolves when all sockets of a user were told of a loss, or have not been for so long that they
   * never will be. Nobody asks meanwhile: this process has no time for anything else.
   */
  whenTold(order: ToldOrder): Promise<void>;
  records(): readonly SocketRecord[];
  /** How long this process has been at work, in milliseconds of one core. */
  cpuMs(): number;
  close(): void;
};

export function createPart(): SocketsPart {
  const sockets: HeldSocket[] = [];
  const changes = new Changes();
  const told = { refused: 0, revoked: 0 };
  const onLoss = (loss: Loss) => {
    told[loss] += 1;
    changes.tell();
  };
  return {
    async open(plans) {
      const left = plans.values();
      const lane = async () => {
        for (const plan of left) sockets.push(await openHeldSocket(plan, onLoss));
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
    async refusalOf(plan) {
      try {
        (await openHeldSocket(plan)).terminate();
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    async whenTold({ loss, userId }) {
      const count = sockets.filter(({ record }) => record.userId === userId).length;
      const isDone = () => told[loss] >= count;
      await changes.until(isDone, () => loss, timeoutMs).catch(() => {});
    },
    records: () => sockets.map(({ record }) => record),
    cpuMs,
    close() {
      for (const socket of sockets) socket.terminate();
    },
  };
}
