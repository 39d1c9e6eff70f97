import type { EventHandler, RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract, EventName } from '@roomcast/realtime-contract';
import { useConnectionStatus } from './hooks/useConnectionStatus.ts';
import { useEventWebSocket } from './hooks/useEventWebSocket.ts';
import { useRealtimeClient } from './hooks/useRealtimeClient.ts';
import { useRealtimeEvent } from './hooks/useRealtimeEvent.ts';
import {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from './hooks/useWebSocket.ts';

/** The hooks, typed by one contract. */
export interface RealtimeHooks<C extends AnyContract> {
  useRealtimeClient(): RealtimeClient<C>;
  useConnectionStatus: typeof useConnectionStatus;
  useWebSocket(options?: UseWebSocketOptions): UseWebSocketResult<C>;
  useEventWebSocket: typeof useEventWebSocket;
  useRealtimeEvent<Name extends EventName<C>>(name: Name, handler: EventHandler<C, Name>): void;
}

/**
 * Types the hooks by a contract: a wrong event, action or payload field does not compile.
 *
 * @example
 * export const { useRealtimeEvent, useWebSocket } = createRealtimeHooks(contract);
 */
export function createRealtimeHooks<C extends AnyContract>(_contract: C): RealtimeHooks<C> {
  return {
    useRealtimeClient,
    useConnectionStatus,
    useWebSocket,
    useEventWebSocket,
    useRealtimeEvent,
  };
}
