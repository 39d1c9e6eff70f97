import { type RefObject, useEffect, useRef } from 'react';

/** Calls back when Escape is pressed in an element, which the page outside then does not hear of. */
export function useEscape(onEscape: () => void): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = element.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onEscape();
    };
    target?.addEventListener('keydown', onKeyDown);
    return () => target?.removeEventListener('keydown', onKeyDown);
  }, [onEscape]);
  return element;
}
