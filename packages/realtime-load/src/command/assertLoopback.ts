import { lookup } from 'node:dns/promises';
import { BlockList } from 'node:net';

/** Names a host's addresses, as `dns.lookup` does. */
export type ResolveHost = (
  host: string,
) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const resolveHost: ResolveHost = (host) => lookup(host, { all: true });

/**
 * Refuses a target that is not this machine: load on a server of somebody else's is an attack. A name
 * has to have no other address than loopback ones.
 *
 * @throws Error that says what would allow it
 */
export async function assertLoopback(
  url: string,
  resolve: ResolveHost = resolveHost,
): Promise<void> {
  // An IPv6 address is in brackets in a URL, and nowhere else.
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host).catch(() => []);
  const isLoopback = addresses.every(({ address, family }) =>
    loopback.check(address, family === 6 ? 'ipv6' : 'ipv4'),
  );
  if (addresses.length > 0 && isLoopback) return;
  const found = addresses.map(({ address }) => address).join(', ') || 'no address';
  throw new Error(
    `${url} is not on this machine (${host}: ${found}). Where you may put load on it, add \`--allow-remote\`.`,
  );
}
