import type { RealtimeClient } from '@roomcast/realtime-client';
import { RealtimeProvider } from '@roomcast/realtime-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { Bridge } from './bridges.ts';
import { NaivePage, OurPage } from './eventPage.ts';
import type { PageCounts } from './pageCounts.ts';

/** Renders the page of a bridge. Returns what takes it away. */
export function renderPage(
  bridge: Bridge,
  { client, counts }: { readonly client: unknown; readonly counts: PageCounts },
): () => void {
  const queries = new QueryClient();
  const root = createRoot(rootElement());
  const page = createElement(bridge === 'ours' ? OurPage : NaivePage, { counts });
  const live = createElement(RealtimeProvider, { client: client as RealtimeClient }, page);
  root.render(createElement(QueryClientProvider, { client: queries }, live));
  return () => {
    root.unmount();
    queries.clear();
  };
}

function rootElement(): Parameters<typeof createRoot>[0] {
  const { document } = globalThis as unknown as {
    document: { getElementById(id: string): Parameters<typeof createRoot>[0] };
  };
  return document.getElementById('root');
}
