import { useContext } from 'react';
import { RealtimeContext, type RealtimeContextValue } from '../realtimeContext.ts';

/** @throws where no RealtimeProvider is above */
export function useRealtimeContext(): RealtimeContextValue {
  const value = useContext(RealtimeContext);
  if (value) return value;
  throw new Error(
    'No RealtimeProvider above this component. Wrap what uses the hooks in <RealtimeProvider client={client}>.',
  );
}
