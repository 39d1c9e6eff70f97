/** The login page, which leads back to where the visitor was. */
export function loginPath(from: string): string {
  if (from.startsWith('/login')) return '/login';
  return from === '/' ? '/login' : `/login?next=${encodeURIComponent(from)}`;
}

/** Where a login page of this query string leads back to; never to another site. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
