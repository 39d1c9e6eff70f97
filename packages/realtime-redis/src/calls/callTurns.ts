import { randomUUID } from 'node:crypto';
import type { CallClaim, KeyedCall } from '@roomcast/realtime-broker';
import { type Clock, RoomcastError } from '@roomcast/realtime-contract';
import { Bell } from './bell.ts';
import type { CallLeases } from './callLeases.ts';
import type { CallNews } from './callNews.ts';
import { callId, type RedisCalls, type Turn, type TurnReply } from './redisCalls.ts';

export interface CallTurnsOptions {
  readonly calls: RedisCalls;
  readonly news: CallNews;
  readonly leases: CallLeases;
  readonly leaseMs: number;
  readonly clock: Clock;
}

/** Whose turn it is, for those in this process who ask. */
export class CallTurns {
  readonly #options: CallTurnsOptions;
  readonly #closing = new AbortController();
  /** News may be lost: nobody waits for longer than this without looking. */
  readonly #pollMs: number;

  constructor(options: CallTurnsOptions) {
    this.#options = options;
    this.#pollMs = Math.ceil(options.leaseMs / 4);
  }

  async claim(call: KeyedCall, signal: AbortSignal | undefined): Promise<CallClaim> {
    signal?.throwIfAborted();
    const turn: Turn = { call, token: randomUUID() };
    const first = await this.#look(turn, '');
    const reply = first.status === 'running' ? await this.#wait(turn, first.token, signal) : first;
    return reply.status === 'owned' ? this.#options.leases.hold(turn, reply.retry) : reply;
  }

  /** Refuses whoever waits. */
  close(): void {
    this.#closing.abort(new RoomcastError('CLOSED', 'The ledger is closed.'));
  }

  async #look(turn: Turn, waitsFor: string): Promise<TurnReply> {
    const closing = this.#closing.signal;
    closing.throwIfAborted();
    const reply = await this.#options.calls.claim(turn, waitsFor).catch((error: unknown) => {
      closing.throwIfAborted();
      throw error;
    });
    // What was handed out meanwhile is handed out again, once its lease has ended.
    closing.throwIfAborted();
    return reply;
  }

  /** @param owner - who has it */
  async #wait(turn: Turn, owner: string, signal: AbortSignal | undefined) {
    const { calls, news, clock } = this.#options;
    const signals = [this.#closing.signal, ...(signal ? [signal] : [])];
    const over = AbortSignal.any(signals);
    const bell = new Bell();
    const { call } = turn;
    const stop = news.listen(calls.channel(call.caller), callId(call), bell.ring);
    try {
      for (let waitsFor = owner; ; ) {
        const reply = await this.#look(turn, waitsFor);
        if (reply.status !== 'running') return reply;
        waitsFor = reply.token;
        await bell.wait(Math.min(reply.leaseLeftMs + 1, this.#pollMs), clock, over);
      }
    } finally {
      stop();
    }
  }
}
