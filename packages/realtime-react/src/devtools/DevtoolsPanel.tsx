import { QueryClientContext } from '@tanstack/react-query';
import {
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { createPortal } from 'react-dom';
import { useConnectionStatus } from '../hooks/useConnectionStatus.ts';
import { useRealtimeContext } from '../hooks/useRealtimeContext.ts';
import { Recorder } from './recording/recorder.ts';
import { Panel } from './views/Panel.tsx';
import { useEscape } from './views/useEscape.ts';
import { useShadowRoot } from './views/useShadowRoot.ts';

export interface RealtimeDevtoolsProps {
  /** Whether the panel is open when it is mounted. @default false */
  readonly initialIsOpen?: boolean;
  /** Where the button is while the panel is closed. @default 'bottom-right' */
  readonly position?: 'bottom-left' | 'bottom-right' | 'top-left' | 'top-right';
}

/** A button, and the panel that it opens. It records from when it is mounted. */
export function DevtoolsPanel(props: RealtimeDevtoolsProps): ReactNode {
  const { client } = useRealtimeContext();
  const queries = useContext(QueryClientContext);
  const recorder = useMemo(() => new Recorder(client, queries), [client, queries]);
  useEffect(() => recorder.start(), [recorder]);
  const { host, root } = useShadowRoot();
  return (
    <div ref={host} data-roomcast-devtools="">
      {root && createPortal(<Dock recorder={recorder} {...props} />, root)}
    </div>
  );
}

function Dock({
  recorder,
  initialIsOpen = false,
  position = 'bottom-right',
}: RealtimeDevtoolsProps & { readonly recorder: Recorder }): ReactNode {
  const [isOpen, setIsOpen] = useState(initialIsOpen);
  const { status } = useConnectionStatus();
  const toggle = useRef<HTMLButtonElement>(null);
  const dock = useEscape(
    useCallback(() => {
      setIsOpen(false);
      toggle.current?.focus();
    }, []),
  );
  return (
    <div className="dock" data-open={isOpen} data-position={position} ref={dock}>
      <button
        type="button"
        className="toggle"
        ref={toggle}
        aria-expanded={isOpen}
        aria-controls="devtools"
        aria-label={`Roomcast devtools, ${status}`}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Logo />
        <span>Roomcast</span>
        <i data-status={status} title={status} />
      </button>
      {isOpen && <Panel recorder={recorder} />}
    </div>
  );
}

function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
      <circle cx="12" cy="12" r="3" fill="currentColor" />
      <path
        d="M6.3 6.3a8 8 0 0 0 0 11.4M17.7 6.3a8 8 0 0 1 0 11.4"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      />
    </svg>
  );
}
