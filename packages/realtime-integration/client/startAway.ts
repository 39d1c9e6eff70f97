import { createRealtimeClient } from '@roomcast/realtime-client';
import { startFaultProxy } from '@roomcast/realtime-testing';
import { expect } from 'vitest';
import { eventually } from '../eventually.ts';
import { boardContract } from '../protocol/boardContract.ts';
import { type BoardOptions, startBoard, tokenOf } from '../protocol/startBoard.ts';

export interface AwayOptions extends BoardOptions {
  /** The most publications that the client wants replayed. */
  readonly maxReplay?: number;
  /** The tokens of the client, alice's unless they are others. */
  readonly getToken?: () => string;
}

/** A client in `event-1`, behind a network that can be cut, and all that it heard there. */
export async function startAway({ maxReplay, getToken, ...options }: AwayOptions = {}) {
  const board = await startBoard(options);
  const proxy = await startFaultProxy(board.server.port);
  const client = createRealtimeClient({
    ...{ contract: boardContract, url: `http://127.0.0.1:${proxy.port}` },
    getToken: getToken ?? (() => tokenOf('alice')),
    backoff: { minDelayMs: 2, maxDelayMs: 10 },
    // A cut between two polls would go unnoticed.
    transports: ['websocket'],
    ...(maxReplay !== undefined && { maxReplay }),
  });
  const heard: string[] = [];
  client.on('said', ({ text }) => heard.push(text));
  client.on('titled', (title) => heard.push(title));
  client.on('typing', (name) => heard.push(name));
  client.on('priced', ({ row, price }) => heard.push(`${row} ${price}`));
  const room = client.subscribe('event', { eventId: '1' });
  const recoveries: string[] = [];
  room.onRecovery((recovery) => {
    const isGap = recovery.status === 'gap';
    const details = isGap ? [recovery.reason, recovery.missed ?? 'unknown'] : [];
    recoveries.push([recovery.status, ...details].join(' '));
  });
  await room.joined();
  return {
    ...{ board, client, room, heard, recoveries },
    /** Cuts the connection; resolves when both ends have noticed, while the client is away. */
    async cut() {
      proxy.block();
      await eventually(() => {
        expect(board.manager.getConnectionCount()).toBe(0);
        expect(client.state.status).toBe('reconnecting');
      });
    },
    restore: proxy.restore,
    /** Lets the client come back; resolves when it knows what became of the room. */
    async back() {
      const before = recoveries.length;
      proxy.restore();
      await eventually(() => expect(recoveries.length).toBeGreaterThan(before));
    },
    /** Waits until the client stands where the log stands. */
    async isUpToDate() {
      await eventually(async () => expect(room.position).toEqual(await board.position()));
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await proxy.close();
      await board[Symbol.asyncDispose]();
    },
  };
}
