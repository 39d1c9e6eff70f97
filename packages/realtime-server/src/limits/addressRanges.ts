import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;

/** Addresses and ranges of them, such as `10.0.0.0/8`, `::1` or `loopback`. */
export class AddressRanges {
  readonly #ranges: readonly [Address, number][];

  /** @throws Error for a text that is none */
  constructor(texts: readonly string[]) {
    this.#ranges = texts.flatMap((text) => (text === 'loopback' ? loopback : [parseRange(text)]));
  }

  contains(text: string): boolean {
    if (this.#ranges.length === 0) return false;
    const address = parseAddress(text);
    if (!address) return false;
    return this.#ranges.some((range) => range[0].kind() === address.kind() && address.match(range));
  }
}

/** An address; an IPv4 one that is written as IPv6 is IPv4. Null for any other text. */
export function parseAddress(text: string): Address | null {
  // The library takes `10.1` and octal numbers as well, which two programs may read differently.
  return isIP(text) === 0 ? null : ipaddr.process(text);
}

function parseRange(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = parseAddress(text);
  if (!address) throw new Error(`"${text}" is no address.`);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

const loopback = ['127.0.0.0/8', '::1'].map(parseRange);
