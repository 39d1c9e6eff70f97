import { describe, expect, it } from 'vitest';
import { AddressRanges } from './addressRanges.ts';
import { addressKey, clientAddress, type ForwardedHeader } from './clientAddress.ts';

const proxies = ['10.0.0.0/8', '2001:db8:a::/48', '192.0.2.7'];

function read(
  remoteAddress: string | undefined,
  header: string | undefined,
  forwardedHeader: ForwardedHeader = 'x-forwarded-for',
  trusted: readonly string[] = proxies,
): string {
  return clientAddress(
    { socket: { remoteAddress }, headers: { [forwardedHeader]: header } },
    { trustedProxies: new AddressRanges(trusted), forwardedHeader },
  );
}

describe('the address of a client', () => {
  it.each([
    ['of somebody who is no proxy is that of the socket', '203.0.113.5', '1.2.3.4', '203.0.113.5'],
    ['is what the nearest proxy says', '10.1.1.1', '1.2.3.4', '1.2.3.4'],
    ['is not what a client has put in front', '10.1.1.1', '9.9.9.9, 1.2.3.4', '1.2.3.4'],
    ['is behind all trusted proxies', '10.1.1.1', '9.9.9.9, 1.2.3.4, 192.0.2.7', '1.2.3.4'],
    ['is the farthest where all are trusted', '10.1.1.1', '10.2.2.2, 10.3.3.3', '10.2.2.2'],
    ['is that of the proxy where it says nothing', '10.1.1.1', undefined, '10.1.1.1'],
    ['is the last known one behind a hop that is none', '10.1.1.1', '1.2.3.4, unknown', '10.1.1.1'],
    ['may be written with a port', '10.1.1.1', '1.2.3.4:5678', '1.2.3.4'],
    ['may be IPv6', '10.1.1.1', '2001:db8:1::5', '2001:db8:1::5'],
    ['may be IPv6 in brackets', '10.1.1.1', '[2001:db8:1::5]:443', '2001:db8:1::5'],
    ['is found from a proxy that speaks IPv6', '2001:db8:a::1', '1.2.3.4', '1.2.3.4'],
    ['is found from a proxy on a socket of both kinds', '::ffff:10.1.1.1', '1.2.3.4', '1.2.3.4'],
    ['is unknown where the socket has none', undefined, '1.2.3.4', 'unknown'],
  ])('%s', (_, socket, header, address) => {
    expect(read(socket, header)).toBe(address);
  });

  it.each([
    ['for=1.2.3.4', '1.2.3.4'],
    ['for=9.9.9.9, for="[2001:db8:1::5]:4711";proto=https', '2001:db8:1::5'],
    ['for=1.2.3.4, for=192.0.2.7', '1.2.3.4'],
    ['for=1.2.3.4, for=_hidden', '10.1.1.1'],
    ['by=1.2.3.4', '10.1.1.1'],
    ['for="', '10.1.1.1'],
  ])('in the header Forwarded: %s', (header, address) => {
    expect(read('10.1.1.1', header, 'forwarded')).toBe(address);
  });

  it('believes nobody where no proxy is trusted', () => {
    expect(read('127.0.0.1', '1.2.3.4', 'x-forwarded-for', [])).toBe('127.0.0.1');
  });
});

describe('those who share a limit', () => {
  it.each([
    ['an IPv4 address', '203.0.113.5', '203.0.113.5'],
    ['the same, written as IPv6', '::ffff:203.0.113.5', '203.0.113.5'],
    ['a network of IPv6', '2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['another address of it', '2001:db8:1:2:bbbb:cccc:0:9', '2001:db8:1:2::/64'],
    ['another network', '2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['those without an address', 'unknown', 'unknown'],
  ])('are %s', (_, address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});

it.each(['10.0.0.0/33', 'example.com', '10.0.0', ''])('%j is no range of addresses', (text) => {
  expect(() => new AddressRanges([text])).toThrow();
});

it('loopback is both of its kinds', () => {
  const ranges = new AddressRanges(['loopback']);
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
    expect(ranges.contains(address)).toBe(true);
  }
  expect(ranges.contains('128.0.0.1')).toBe(false);
});
