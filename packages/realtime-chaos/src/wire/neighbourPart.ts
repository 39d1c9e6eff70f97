import { setTimeout } from 'node:timers/promises';
import type { Part } from '@roomcast/realtime-processes';
import { RawWebSocket } from './rawWebSocket.ts';

/** Somebody else on the same server, in a process of its own. */
export type NeighbourPart = Part & {
  open(port: number): Promise<void>;
  /** Asks again and again. @returns how long each answer took, in milliseconds */
  measure(durationMs: number): Promise<readonly number[]>;
};

const everyMs = 4;

export function createPart(): NeighbourPart {
  let socket: RawWebSocket;
  let asked = 0;
  return {
    async open(port) {
      socket = await RawWebSocket.connected(port, {}, false);
    },
    async measure(durationMs) {
      const times: number[] = [];
      const endMs = performance.now() + durationMs;
      while (performance.now() < endMs) {
        asked += 1;
        const answer = `43${asked}[`;
        socket.messages.length = 0;
        const startMs = performance.now();
        socket.send(`42${asked}["book",{"seat":"A1","count":1}]`);
        const found = await socket.until((text) => text.startsWith(answer), 20_000);
        if (!found?.includes('"ok":true')) throw new Error(`The neighbour was told ${found}.`);
        times.push(performance.now() - startMs);
        await setTimeout(everyMs);
      }
      return times;
    },
  };
}
