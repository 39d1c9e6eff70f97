import { type ReactNode, useRef } from 'react';
import { Link } from 'wouter';
import { AnnouncementBanner } from '../announcements/AnnouncementBanner.tsx';
import { ConnectionBadge } from '../live/ConnectionBadge.tsx';
import { LiveNotice } from '../live/LiveNotice.tsx';
import { useLiveWallet } from '../live/useLiveWallet.ts';
import { Ticker } from '../market/Ticker.tsx';
import { Toasts } from '../toasts/Toasts.tsx';
import { Account } from './Account.tsx';
import { usePageChange } from './usePageChange.ts';
import './shell.css';

/** What stands around every page. */
export function Shell({ children }: { children: ReactNode }) {
  const content = useRef<HTMLElement>(null);
  usePageChange(content);
  useLiveWallet();
  return (
    <>
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="header">
        <Link href="/" className="brand">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          Front Row
        </Link>
        <nav className="nav" aria-label="Main">
          <Link href="/" className={navClass}>
            Events
          </Link>
          <Link href="/tickets" className={navClass}>
            My tickets
          </Link>
        </nav>
        <ConnectionBadge />
        <Account />
      </header>
      <LiveNotice />
      <AnnouncementBanner />
      <Ticker />
      <main id="main" className="main" ref={content} tabIndex={-1}>
        {children}
      </main>
      <Toasts />
    </>
  );
}

function navClass(isActive: boolean): string {
  return isActive ? 'nav-link is-active' : 'nav-link';
}
