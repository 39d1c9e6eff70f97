import { setTimeout } from 'node:timers/promises';
import type { Part } from '@roomcast/realtime-processes';
import { WebSocket } from 'ws';
import { type FloodKind, floods } from './floodContract.ts';

/** Somebody who sends as fast as a machine can, in a process of its own. */
export type AttackerPart = Part & {
  /** Floods until the time is over, on a new connection whenever the last one was cut. */
  flood(order: FloodOrder): Promise<FloodReport>;
};

export interface FloodOrder {
  readonly port: number;
  readonly kind: FloodKind;
  /** Where it says that it comes from. */
  readonly address: string;
  readonly durationMs: number;
}

/** What an attacker saw. */
export interface FloodReport {
  readonly sent: number;
  /** How long each connection could send, in milliseconds; the last one may have gone on. */
  readonly connectionsMs: readonly number[];
  /** How many of them were told why. */
  readonly told: number;
  /** How many handshakes were turned away. */
  readonly turnedAway: number;
}

/** Sent in one turn, and not more than this waits to be sent. */
const perTurn = 200;
const maxWaitingBytes = 1_000_000;
const handshake = '40{"roomcast":{"protocol":1,"contract":"1.0","fingerprint":"0000000000000000"}}';

export function createPart(): AttackerPart {
  return {
    async flood({ port, kind, address, durationMs }) {
      const endMs = performance.now() + durationMs;
      const report = { sent: 0, connectionsMs: [] as number[], told: 0, turnedAway: 0 };
      // A plain client can join one room after the other; the others are told why they are cut.
      const connect = kind === 'join and leave' ? '40{}' : handshake;
      while (performance.now() < endMs) {
        const isLetIn = await floodOnce({ port, connect, messages: floods[kind].split('\n') });
        if (!isLetIn) await setTimeout(20);
      }
      return report;

      async function floodOnce(order: {
        readonly port: number;
        readonly connect: string;
        readonly messages: readonly string[];
      }): Promise<boolean> {
        const url = `ws://127.0.0.1:${order.port}/socket.io/?EIO=4&transport=websocket`;
        const socket = new WebSocket(url, { headers: { 'x-forwarded-for': address } });
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        let sinceMs: number | null = null;
        let isTold = false;
        socket.on('error', () => {});
        socket.once('open', () => {
          sinceMs = performance.now();
        });
        const letIn = new Promise<void>((resolve) => {
          socket.on('message', (data) => {
            const message = String(data);
            if (message.startsWith('0')) socket.send(order.connect);
            if (message.startsWith('40')) resolve();
            if (message.startsWith('44') || message.startsWith('4C')) isTold = true;
          });
        });
        await Promise.race([letIn, closed]);
        const isLetIn = socket.readyState === WebSocket.OPEN;
        while (socket.readyState === WebSocket.OPEN && performance.now() < endMs) {
          if (socket.bufferedAmount < maxWaitingBytes) {
            for (let count = 0; count < perTurn; count += 1) {
              for (const message of order.messages) socket.send(message);
            }
            report.sent += perTurn * order.messages.length;
          }
          await new Promise((resolve) => setImmediate(resolve));
        }
        socket.terminate();
        await closed;
        if (sinceMs === null) report.turnedAway += 1;
        else if (isLetIn) report.connectionsMs.push(performance.now() - sinceMs);
        if (isTold) report.told += 1;
        return isLetIn;
      }
    },
  };
}
