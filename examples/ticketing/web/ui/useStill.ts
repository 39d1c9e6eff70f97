import { useEffect, useState } from 'react';

/** The last text that stayed as it was for so long; empty until one has. */
export function useStill(text: string, stillMs: number): string {
  const [still, setStill] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setStill(text), stillMs);
    return () => clearTimeout(timer);
  }, [text, stillMs]);
  return still;
}
