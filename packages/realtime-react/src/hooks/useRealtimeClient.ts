'use client';
import type { RealtimeClient } from '@roomcast/realtime-client';
import type { AnyContract } from '@roomcast/realtime-contract';
import { useRealtimeContext } from './useRealtimeContext.ts';

/** The client of the provider above. */
export function useRealtimeClient<C extends AnyContract = AnyContract>(): RealtimeClient<C> {
  return useRealtimeContext().client as RealtimeClient<C>;
}
