import { useMemo } from 'react';
import type { RoomTarget } from '../rooms/roomTarget.ts';

/** The same object until it is another room: a target is written anew with every rendering. */
export function useTarget(target: RoomTarget | null): RoomTarget | null {
  // A target is made of strings only, so that its text says whether it is another one.
  const key = target && JSON.stringify(target);
  return useMemo(() => key && (JSON.parse(key) as RoomTarget), [key]) || null;
}
