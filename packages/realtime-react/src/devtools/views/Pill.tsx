import type { ReactNode } from 'react';
import type { Tone } from '../format/describeState.ts';

/** A word in a colour. */
export function Pill({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return (
    <span className="pill" data-tone={tone}>
      {children}
    </span>
  );
}
