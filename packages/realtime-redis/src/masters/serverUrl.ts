/**
 * The url of a server of a cluster: with the credentials and the protocol of the first node, at the
 * host and port that a server told. A server that does not know its own host tells none.
 */
export function serverUrl(firstNode: string, askedUrl: string, host: string, port: number): string {
  const url = new URL(firstNode);
  url.hostname = host === '' ? new URL(askedUrl).hostname : inBrackets(host);
  url.port = String(port);
  return url.href;
}

/** An IPv6 address as a url holds it. */
function inBrackets(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
