import { connect } from 'node:net';

/** A request of http, of which every part may be wrong. */
export interface RawRequest {
  /** @default 'GET' */
  readonly method?: string;
  /** @default '/socket.io/' */
  readonly path?: string;
  /** @default 'EIO=4&transport=polling' */
  readonly query?: string;
  /** Lines beside `Host`, each `Name: value`. @default `Connection: close` */
  readonly headers?: readonly string[];
  /** With a `Content-Length`, unless the headers have one. */
  readonly body?: string | Buffer;
}

export function httpRequest(request: RawRequest = {}): Buffer {
  const { method = 'GET', path = '/socket.io/', query = 'EIO=4&transport=polling', body } = request;
  const { headers = ['Connection: close'] } = request;
  const isMeasured = headers.some((line) => /^(content-length|transfer-encoding):/i.test(line));
  const length =
    body === undefined || isMeasured ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [`${method} ${path}?${query} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, ...length];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body ?? '')]);
}

const key = 'dGhlIHNhbXBsZSBub25jZQ==';
export const upgradeHeaders: readonly string[] = [
  ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
  `Sec-WebSocket-Key: ${key}`,
];

/** A request to go on as a WebSocket. */
export function upgradeRequest({ query, headers = [], ...request }: RawRequest = {}): Buffer {
  return httpRequest({
    ...{ ...request, query: query ?? 'EIO=4&transport=websocket' },
    headers: [...upgradeHeaders, ...headers],
  });
}

/** What came back: no status where the connection ended without a word, or none came in time. */
export interface RawResponse {
  readonly status: number | null;
  readonly body: string;
  readonly isClosed: boolean;
}

/**
 * Sends bytes over a connection of their own, and reads until there is an answer or an end.
 *
 * @param isLast - whether the server is told that nothing follows
 */
export function exchange(
  port: number,
  bytes: Buffer,
  { timeoutMs = 3_000, isLast = false } = {},
): Promise<RawResponse> {
  return new Promise((resolve) => {
    let text = '';
    const finish = (isClosed: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...parseResponse(text), isClosed });
    };
    const timer = setTimeout(() => finish(false), timeoutMs);
    const socket = connect(port, '127.0.0.1', () =>
      isLast ? socket.end(bytes) : socket.write(bytes),
    );
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      text += chunk;
      // From here on it is a WebSocket, which does not end by itself.
      if (/^HTTP\/1\.1 101/.test(text)) finish(true);
    });
    socket.on('error', () => {});
    socket.on('close', () => finish(true));
  });
}

function parseResponse(text: string): Pick<RawResponse, 'status' | 'body'> {
  const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
  const end = text.indexOf('\r\n\r\n');
  const body = end < 0 ? '' : Buffer.from(text.slice(end + 4), 'latin1').toString();
  return { status: status ? Number(status) : null, body };
}
