import { useEffect } from 'react';

/** The title of the browser's tab while a page is shown. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title ? `${title} · Front Row` : 'Front Row';
  }, [title]);
}
