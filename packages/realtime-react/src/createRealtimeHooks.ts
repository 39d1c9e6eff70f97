import type {
  EventHandler,
  PresenceView,
  RealtimeClient,
  RoomPresenceOptions,
} from '@roomcast/realtime-client';
import type {
  ActionInput,
  ActionName,
  ActionOutput,
  AnyContract,
  EventName,
  PresenceData,
  PresenceInput,
  PresenceKind,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { type UseActionOptions, useAction } from './hooks/useAction.ts';
import { useConnectionStatus } from './hooks/useConnectionStatus.ts';
import { useEventWebSocket } from './hooks/useEventWebSocket.ts';
import { usePresence } from './hooks/usePresence.ts';
import { useQuerySync } from './hooks/useQuerySync.ts';
import { useRealtimeClient } from './hooks/useRealtimeClient.ts';
import { useRealtimeEvent } from './hooks/useRealtimeEvent.ts';
import { useRealtimeQuery } from './hooks/useRealtimeQuery.ts';
import { type UseRealtimeStateOptions, useRealtimeState } from './hooks/useRealtimeState.ts';
import { useRoom } from './hooks/useRoom.ts';
import {
  type UseWebSocketOptions,
  type UseWebSocketResult,
  useWebSocket,
} from './hooks/useWebSocket.ts';
import type { QuerySync } from './query/querySync.ts';
import type { RealtimeQuery } from './query/realtimeQuery.ts';
import type { RoomView } from './rooms/createRoomView.ts';

/** The hooks, typed by one contract. */
export interface RealtimeHooks<C extends AnyContract> {
  useRealtimeClient(): RealtimeClient<C>;
  useConnectionStatus: typeof useConnectionStatus;
  useWebSocket(options?: UseWebSocketOptions): UseWebSocketResult<C>;
  useEventWebSocket: typeof useEventWebSocket;
  useRealtimeEvent<Name extends EventName<C>>(name: Name, handler: EventHandler<C, Name>): void;
  useRoom<Kind extends RoomKind<C>>(room: RoomArgs<C, Kind> | null): RoomView;
  usePresence<Kind extends PresenceKind<C> & RoomKind<C>>(
    room: RoomArgs<C, Kind> | null,
    options?: RoomPresenceOptions<PresenceInput<C, Kind>>,
  ): PresenceView<PresenceData<C, Kind>>;
  useRealtimeState<Kind extends RoomKind<C>, State>(
    room: RoomArgs<C, Kind> | null,
    options: UseRealtimeStateOptions<C, Kind, State>,
  ): State;
  useQuerySync<Kind extends RoomKind<C>>(
    sync: QuerySync<C, Kind>,
    room: RoomArgs<C, Kind> | null,
  ): RoomView['state'];
  useRealtimeQuery<Kind extends RoomKind<C>, Data>(
    options: RealtimeQuery<C, Kind, Data>,
  ): UseQueryResult<Data>;
  useAction<Name extends ActionName<C>>(
    name: Name,
    options?: UseActionOptions<C, Name>,
  ): UseMutationResult<ActionOutput<C, Name>, Error, ActionInput<C, Name>>;
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
    useRoom,
    usePresence,
    useRealtimeState,
    useQuerySync,
    useRealtimeQuery,
    useAction,
  };
}
