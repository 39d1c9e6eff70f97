import { type RefObject, useEffect, useRef, useState } from 'react';
import { devtoolsCss } from '../styles/devtoolsCss.ts';

/** A root below an element of the page, where the styles of the page do not reach. */
export interface ShadowHost {
  readonly host: RefObject<HTMLDivElement | null>;
  /** Null until the element is there. */
  readonly root: ShadowRoot | null;
}

export function useShadowRoot(): ShadowHost {
  const host = useRef<HTMLDivElement>(null);
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  useEffect(() => {
    if (!host.current) return;
    // StrictMode runs effects twice, and a root stays.
    const shadow = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    addStyles(shadow);
    setRoot(shadow);
  }, []);
  return { host, root };
}

function addStyles(shadow: ShadowRoot): void {
  try {
    // Pages that allow no inline styles allow this.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(devtoolsCss);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement('style');
    style.textContent = devtoolsCss;
    shadow.replaceChildren(style);
  }
}
