import type { Login } from '../../shared/user.ts';

// Of the session, not of the browser: so two tabs can be two people.
const key = 'front-row-login';

/** The login that this tab had before it was reloaded. */
export function readStoredLogin(): Login | null {
  try {
    const login = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Partial<Login> | null;
    if (typeof login?.token !== 'string' || typeof login.user?.name !== 'string') return null;
    return { token: login.token, user: login.user };
  } catch {
    return null;
  }
}

/** Keeps a login for this tab, or forgets it. */
export function storeLogin(login: Login | null): void {
  try {
    if (login) sessionStorage.setItem(key, JSON.stringify(login));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage may be forbidden; the login then lasts until the page is reloaded.
  }
}
