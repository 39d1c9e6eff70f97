'use client';
import type { EventHandler } from '@roomcast/realtime-client';
import type { AnyContract, EventName } from '@roomcast/realtime-contract';
import { useEffect } from 'react';
import { useNewest } from './useNewest.ts';
import { useRealtimeContext } from './useRealtimeContext.ts';

/**
 * Calls the handler for every publication of an event in the rooms that the client is in. The
 * newest handler is called, without a new subscription when it changes.
 */
export function useRealtimeEvent<C extends AnyContract, Name extends EventName<C>>(
  name: Name,
  handler: EventHandler<C, Name>,
): void {
  const { client } = useRealtimeContext();
  const newest = useNewest(handler);
  useEffect(
    () => client.on(name, (payload, meta) => newest.current(payload as never, meta)),
    [client, name, newest],
  );
}
