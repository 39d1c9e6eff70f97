'use client';
import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { createElement, type ReactNode, useMemo } from 'react';
import { createStatusStore } from './connection/createStatusStore.ts';
import { RealtimeContext } from './realtimeContext.ts';
import { createSocketFacade } from './socket/createSocketFacade.ts';

export interface RealtimeProviderProps {
  /**
   * The client that every hook below shares. Create it once, outside of rendering; close it yourself
   * when its user is gone.
   */
  readonly client: RealtimeClient<AnyContract>;
  readonly children?: ReactNode;
}

/** Gives the hooks below it their client: one connection, however many hooks. */
export function RealtimeProvider({ client, children }: RealtimeProviderProps): ReactNode {
  const value = useMemo(
    () => ({ client, socket: createSocketFacade(client), status: createStatusStore(client) }),
    [client],
  );
  return createElement(RealtimeContext.Provider, { value }, children);
}
