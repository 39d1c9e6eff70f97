import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { isBrowser } from '../isBrowser.ts';

// Server rendering runs no effects; React warns of layout effects there, so it gets the other kind.
const useCommitEffect = isBrowser ? useLayoutEffect : useEffect;

/** The value of the newest rendering that was committed, for callbacks that outlive it. */
export function useNewest<Value>(value: Value): RefObject<Value> {
  const newest = useRef(value);
  useCommitEffect(() => {
    newest.current = value;
  });
  return newest;
}
