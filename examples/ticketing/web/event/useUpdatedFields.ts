import { useState } from 'react';
import { useRealtimeEvent } from '../live/realtimeHooks.ts';

/** Which fields of an event have changed while one looks at it. */
export function useUpdatedFields(eventId: string): ReadonlySet<string> {
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  useRealtimeEvent('event-updated', (update) => {
    if (update.eventId !== eventId) return;
    setFields((known) => new Set([...known, ...Object.keys(update.updates)]));
  });
  return fields;
}
