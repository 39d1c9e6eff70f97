import type { Settings } from './settings.ts';

/** What has to be known where clients may poll; nothing where they may not. */
export function pollingNotice({
  transports,
  startsProxy,
}: Pick<Settings, 'startsProxy' | 'transports'>): readonly string[] {
  if (!transports.includes('polling')) return [];
  const needed =
    'Polling is on. A client that polls sends many requests, and only the node that has its session ' +
    'can answer them: the proxy needs sticky sessions.';
  const how =
    'nginx: `hash $remote_addr consistent;` in `upstream`. HAProxy: `balance source`. Both stand ' +
    'in proxies/ as comments.';
  const own = 'The proxy of this example does not do that; use PROXY=off with one of these.';
  return [[needed, ...(startsProxy ? [own] : []), how].join(' ')];
}
