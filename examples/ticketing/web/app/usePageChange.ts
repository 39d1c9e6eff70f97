import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/**
 * Lets a change of the page begin at its top, with the keyboard in it. Going back is left to the
 * browser, which knows where one was.
 */
export function usePageChange(content: RefObject<HTMLElement | null>): void {
  const [location] = useLocation();
  const shown = useRef(location);
  const isGoingBack = useRef(false);
  useEffect(() => {
    const onPopState = () => {
      isGoingBack.current = true;
    };
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, []);
  useEffect(() => {
    if (shown.current === location) return;
    shown.current = location;
    content.current?.focus({ preventScroll: true });
    if (!isGoingBack.current) window.scrollTo(0, 0);
    isGoingBack.current = false;
  }, [content, location]);
}
