import type { Clock } from '@roomcast/realtime-contract';
import { useEffect, useState } from 'react';

/** Renders again every second, for what depends on the time. */
export function useTick(clock: Clock): void {
  const [ticks, setTicks] = useState(0);
  useEffect(() => clock.schedule(() => setTicks(ticks + 1), 1_000), [clock, ticks]);
}
