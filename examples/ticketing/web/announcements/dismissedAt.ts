const key = 'front-row-announcements-dismissed';

/** Up to when the visitor of this tab has put announcements away. */
export function readDismissedAt(): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function storeDismissedAt(at: string): void {
  try {
    sessionStorage.setItem(key, at);
  } catch {
    // Storage may be forbidden; it is then put away until the page is reloaded.
  }
}
