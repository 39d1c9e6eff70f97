import { randomBytes } from 'node:crypto';

export interface UpgradeOptions {
  readonly port: number;
  /** Such as `/socket.io/?EIO=4&transport=websocket`. */
  readonly path: string;
  /** Whether it offers `permessage-deflate`. */
  readonly offersDeflate: boolean;
}

export interface Upgraded {
  /** Whether the server deflates each message with what it sent before. */
  readonly keepsContext: boolean;
  /** What came right behind the headers: frames already. */
  readonly frames: Buffer;
}

const endOfHeaders = '\r\n\r\n';

/** Asks for a WebSocket on an http connection (RFC 6455, section 4.1). */
export function upgradeRequest({ port, path, offersDeflate }: UpgradeOptions): string {
  const headers = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...(offersDeflate ? ['Sec-WebSocket-Extensions: permessage-deflate'] : []),
  ];
  return headers.join('\r\n') + endOfHeaders;
}

/**
 * Reads the answer to it.
 *
 * @returns takes the next bytes as latin1, and returns null until the headers are all there; throws
 * where the server refuses
 */
export function createUpgradeReader(): (text: string) => Upgraded | null {
  let response = '';
  return (text) => {
    response += text;
    const end = response.indexOf(endOfHeaders);
    if (end < 0) return null;
    const headers = response.slice(0, end).toLowerCase();
    if (!headers.startsWith('http/1.1 101')) {
      throw new Error(`Expected a WebSocket, got ${headers.slice(0, 200)}`);
    }
    return {
      keepsContext: !headers.includes('server_no_context_takeover'),
      frames: Buffer.from(response.slice(end + endOfHeaders.length), 'latin1'),
    };
  };
}
