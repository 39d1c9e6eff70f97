'use client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { useEffect } from 'react';
import type { SocketFacade } from '../socket/socketFacade.ts';
import { stateError } from '../stateError.ts';
import { useConnectionStatus } from './useConnectionStatus.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useRoomState } from './useRoomState.ts';
import { useSocketFacade } from './useSocketFacade.ts';

export interface UseWebSocketOptions {
  /** Joins the room of this event while mounted; another id leaves the old room. */
  readonly eventId?: string | undefined;
  /** Asks for this user's room; refused unless it is the authenticated user. */
  readonly userId?: string | undefined;
  /** Whether mounting connects. @default true */
  readonly autoConnect?: boolean | undefined;
}

export interface UseWebSocketResult<C extends AnyContract = AnyContract> {
  /** The shared connection; null during server rendering. */
  readonly socket: SocketFacade<C> | null;
  readonly isConnected: boolean;
  /** Why there is no connection, or why a room was refused. */
  readonly connectionError: Error | null;
  /** Connects the shared connection: for every hook, not for this one alone. */
  readonly connect: () => void;
  /** Ends the shared connection, for every hook, until `connect` is called. */
  readonly disconnect: () => void;
  /** Calls an action. Rejects as `RealtimeClient.call` does. */
  readonly emit: SocketFacade<C>['emit'];
}

/** The shared connection, and the rooms of an event and a user while the component is mounted. */
export function useWebSocket<C extends AnyContract = AnyContract>(
  options: UseWebSocketOptions = {},
): UseWebSocketResult<C> {
  const { eventId, userId, autoConnect = true } = options;
  const { client, socket } = useRealtimeContext();
  const state = useConnectionStatus();
  const facade = useSocketFacade();

  useEffect(() => {
    if (autoConnect && client.state.status === 'idle') client.connect();
  }, [client, autoConnect]);

  const isActive = autoConnect || state.status !== 'idle';
  const event = useRoomState(eventId ? ['event', { eventId }] : null, isActive);
  const user = useRoomState(userId ? ['user', { userId }] : null, isActive);

  return {
    socket: facade as SocketFacade<C> | null,
    isConnected: state.status === 'connected',
    connectionError: stateError(state) ?? stateError(event) ?? stateError(user),
    connect: client.connect,
    disconnect: client.disconnect,
    emit: socket.emit as SocketFacade<C>['emit'],
  };
}
