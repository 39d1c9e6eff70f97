'use client';
import type { ReactNode } from 'react';
import { DevtoolsPanel, type RealtimeDevtoolsProps } from './DevtoolsPanel.tsx';

declare const process: { readonly env: { readonly NODE_ENV?: string } };

/**
 * A panel that shows what the client of the provider above it does: its connection, its rooms, what
 * comes, and what that does to the cache. In production there is nothing of it: bundlers put the text
 * in the place of the literal and leave the panel out.
 *
 * @example
 * <RealtimeProvider client={client}>
 *   <App />
 *   <RealtimeDevtools />
 * </RealtimeProvider>
 */
export const RealtimeDevtools: (props: RealtimeDevtoolsProps) => ReactNode =
  process.env.NODE_ENV === 'production' ? () => null : DevtoolsPanel;

export type { RealtimeDevtoolsProps } from './DevtoolsPanel.tsx';
