import type { IncomingMessage } from 'node:http';
import parseForwarded from 'forwarded-parse';
import ipaddr from 'ipaddr.js';
import { type AddressRanges, parseAddress } from './addressRanges.ts';

/** The header in which proxies say for whom they ask. */
export type ForwardedHeader = 'x-forwarded-for' | 'forwarded';

export interface AddressReaderOptions {
  readonly trustedProxies: AddressRanges;
  readonly forwardedHeader: ForwardedHeader;
}

type Request = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/**
 * The address of the client behind a request. What a header says is believed only as far as trusted
 * proxies have written it: from the nearest hop on, up to the first that is not one of them.
 */
export function clientAddress(
  { headers, socket }: Request,
  { trustedProxies, forwardedHeader }: AddressReaderOptions,
): string {
  let address = socket.remoteAddress ?? 'unknown';
  if (!trustedProxies.contains(address)) return address;
  const header = headers[forwardedHeader];
  const text = Array.isArray(header) ? header.join(',') : header;
  if (text === undefined) return address;
  const hops = forwardedHeader === 'forwarded' ? readForwarded(text) : text.split(',');
  for (const hop of hops.toReversed()) {
    const next = withoutPort(hop.trim());
    // Nobody knows what is behind a hop without an address: the last one has to answer for it.
    if (!parseAddress(next)) return address;
    address = next;
    if (!trustedProxies.contains(address)) return address;
  }
  return address;
}

/**
 * Who shares one limit: an IPv4 address, and of IPv6 the 64 bits that name a network, since whoever
 * has one has all addresses in it.
 */
export function addressKey(text: string): string {
  const address = parseAddress(text);
  if (!address) return text;
  if (address instanceof ipaddr.IPv6) {
    const network = address.parts.slice(0, 4).map((part) => part.toString(16));
    return `${network.join(':')}::/64`;
  }
  return address.toString();
}

function readForwarded(header: string): readonly string[] {
  try {
    return parseForwarded(header).map((hop) => hop.for ?? '');
  } catch {
    return [''];
  }
}

/** `192.0.2.1:80`, `[2001:db8::1]` and `[2001:db8::1]:80` are ways to write an address. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop);
  if (bracketed) return bracketed[1] ?? '';
  return /^[\d.]+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(':')) : hop;
}
