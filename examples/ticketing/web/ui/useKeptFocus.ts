import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the keyboard where it was when the control that had it gives way to another: the box around
 * both takes the focus instead of the page's beginning.
 *
 * @param state - what the box shows; its change is what replaces controls
 * @returns the handlers of the box
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>, state: string) {
  const isInside = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state is what replaces the controls
  useEffect(() => {
    const isLost = isInside.current && document.activeElement === document.body;
    if (isLost) box.current?.focus({ preventScroll: true });
  }, [box, state]);
  return {
    onFocus() {
      isInside.current = true;
    },
    onBlur(event: FocusEvent) {
      // A control that is removed loses the focus to nothing.
      if (event.relatedTarget) isInside.current = false;
    },
  };
}
