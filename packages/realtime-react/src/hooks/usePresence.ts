'use client';
import {
  type PresenceView,
  type RoomPresenceOptions,
  watchPresence,
} from '@roomcast/realtime-client';
import type {
  AnyContract,
  PresenceData,
  PresenceInput,
  PresenceKind,
  RoomArgs,
  RoomKind,
} from '@roomcast/realtime-contract';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { targetOf } from '../rooms/roomTarget.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';
import { useTarget } from './useTarget.ts';

/**
 * Sees who is present in a room while the component is mounted, and is present with `data`.
 *
 * @param room - kind and parameters; nothing is joined while it is null
 * @param options - `follow` counts as it was when the room was joined first
 * @returns the same object until it changes
 */
export function usePresence<C extends AnyContract, Kind extends PresenceKind<C> & RoomKind<C>>(
  room: RoomArgs<C, Kind> | null,
  options: RoomPresenceOptions<PresenceInput<C, Kind>> = {},
): PresenceView<PresenceData<C, Kind>> {
  const { client } = useRealtimeContext();
  const target = useTarget(room && targetOf(room));
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is followed is decided once
  const store = useMemo(() => watchPresence(client, target, options), [client, target]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  // With every rendering: the client knows whether it is something else.
  useEffect(() => store.set(options.data));
  // The server has checked what members tell of themselves against the same contract.
  return view as PresenceView<PresenceData<C, Kind>>;
}
