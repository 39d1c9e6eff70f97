import { useEffect, useState } from 'react';

const shownMs = 10_000;

/** Whether something has changed a moment ago, while one looks at it. */
export function useJustChanged(version: string | null): boolean {
  const [known, setKnown] = useState(version);
  useEffect(() => {
    if (version === known) return;
    const timer = setTimeout(() => setKnown(version), shownMs);
    return () => clearTimeout(timer);
  }, [version, known]);
  return version !== known;
}
