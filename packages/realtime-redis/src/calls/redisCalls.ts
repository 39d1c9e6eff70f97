import type { CallBounds, CallClaim, KeyedCall } from '@roomcast/realtime-broker';
import { RoomcastError } from '@roomcast/realtime-contract';
import type { RedisLink } from '../following/createLink.ts';
import { callKeys } from './callKeys.ts';

export interface RedisCallsOptions extends CallBounds {
  readonly link: Pick<RedisLink, 'use'>;
  readonly keyPrefix: string;
  readonly leaseMs: number;
}

/** A call, and who has it or wants it: a text that nobody else has. */
export interface Turn {
  readonly call: KeyedCall;
  readonly token: string;
}

/** Whose turn a call is, as Redis knows it. */
export type TurnReply =
  | { readonly status: 'owned'; readonly retry: boolean }
  /** Somebody does it, who is gone where the lease ends without being renewed. */
  | { readonly status: 'running'; readonly token: string; readonly leaseLeftMs: number }
  | Exclude<CallClaim, { readonly status: 'owned' }>;

/** The calls of all callers, as scripts that run in Redis. All throw `CONNECTION_FAILED`. */
export class RedisCalls {
  readonly #options: RedisCallsOptions;

  constructor(options: RedisCallsOptions) {
    this.#options = options;
  }

  /** The channel that tells which calls of a caller have ended. */
  channel(caller: string): string {
    return callKeys(this.#options.keyPrefix, caller).news;
  }

  /** @param waitsFor - who had the call when the claimer was told to wait, or nothing */
  async claim(turn: Turn, waitsFor: string): Promise<TurnReply> {
    const reply = await this.#run('claimCall', turn, [waitsFor]);
    const [status, detail, leaseLeft] = Array.isArray(reply) ? reply : [];
    if (status === 'conflict') return { status };
    if (status === 'owned') return { status, retry: detail === '1' };
    if (status === 'done' && typeof detail === 'string') return { status, outcome: detail };
    if (status === 'running' && typeof detail === 'string') {
      return { status, token: detail, leaseLeftMs: Number(leaseLeft) };
    }
    throw new RoomcastError(
      'INTERNAL',
      'Redis answered something that no script of this version does. Give other programs another `keyPrefix`.',
    );
  }

  /** @param state - `done`, or `told` where the call has to be done again by whoever comes later */
  async end(turn: Turn, state: 'done' | 'told', outcome: string): Promise<void> {
    await this.#run('endCall', turn, [state, outcome]);
  }

  /** @returns whether the call is still whose turn it was */
  async renew(turn: Turn, retry: boolean): Promise<boolean> {
    return (await this.#run('renewCall', turn, [retry ? '1' : '0'])) === 1;
  }

  #run(
    script: 'claimCall' | 'endCall' | 'renewCall',
    { call, token }: Turn,
    args: readonly string[],
  ): Promise<unknown> {
    const { link, keyPrefix, windowMs, leaseMs, maxCallerBytes } = this.#options;
    const { all, news } = callKeys(keyPrefix, call.caller);
    const bounds = [windowMs, leaseMs, maxCallerBytes].map(String);
    const allArgs = [callId(call), token, call.inputHash, ...bounds, ...args];
    return link.use(news, (client) => client.run(script, all, allArgs));
  }
}

/** Names a call among those of its caller. */
export function callId({ action, key }: KeyedCall): string {
  return JSON.stringify([action, key]);
}
