import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { type Context, createContext } from 'react';
import type { SocketFacade } from './socket/socketFacade.ts';

/** What a provider hands down: one client and its facade. */
export interface RealtimeContextValue {
  readonly client: RealtimeClient<AnyContract>;
  readonly socket: SocketFacade<AnyContract>;
}

export const RealtimeContext: Context<RealtimeContextValue | null> =
  createContext<RealtimeContextValue | null>(null);
