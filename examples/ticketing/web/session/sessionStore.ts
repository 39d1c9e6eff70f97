import type { Login } from '../../shared/user.ts';
import { request } from '../shop-api/request.ts';
import { showToast } from '../toasts/toastStore.ts';
import { createSession, type Session } from './createSession.ts';
import { readStoredLogin, storeLogin } from './storedLogin.ts';

let session = open(readStoredLogin());
const watchers = new Set<() => void>();

/** The visitor of this moment. */
export function getSession(): Session {
  return session;
}

/** Calls back when another visitor takes over. */
export function watchSession(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Logs in as one of the users. @throws RequestError */
export async function logIn(userId: string): Promise<void> {
  replace(await request<Login>('/login', { body: { userId } }));
}

/** Goes on as a guest. */
export function logOut(): void {
  replace(null);
}

function replace(login: Login | null): void {
  storeLogin(login);
  const former = session;
  session = open(login);
  for (const watcher of [...watchers]) watcher();
  former.close();
}

function open(login: Login | null): Session {
  const opened = createSession(login, () => {
    // A late answer to a former visitor must not end the session of the present one.
    if (session !== opened) return;
    replace(null);
    showToast({
      type: 'warning',
      title: 'Your login has ended',
      message: 'You go on as a guest. Log in again to buy.',
    });
  });
  return opened;
}
