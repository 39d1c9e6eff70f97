import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { type Context, createContext } from 'react';
import type { StatusStore } from './connection/createStatusStore.ts';
import type { SocketFacade } from './socket/socketFacade.ts';

/** What a provider hands down: one client and what all hooks share of it. */
export interface RealtimeContextValue {
  readonly client: RealtimeClient<AnyContract>;
  readonly socket: SocketFacade<AnyContract>;
  readonly status: StatusStore;
}

export const RealtimeContext: Context<RealtimeContextValue | null> =
  createContext<RealtimeContextValue | null>(null);
