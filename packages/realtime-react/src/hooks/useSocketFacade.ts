import { useSyncExternalStore } from 'react';
import type { RealtimeContextValue } from '../realtimeContext.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';

const subscribeToNothing = () => () => {};

/** The shared facade; null during server rendering and, so that the two agree, during hydration. */
export function useSocketFacade(): RealtimeContextValue['socket'] | null {
  const { socket } = useRealtimeContext();
  return useSyncExternalStore(
    subscribeToNothing,
    () => socket,
    () => null,
  );
}
