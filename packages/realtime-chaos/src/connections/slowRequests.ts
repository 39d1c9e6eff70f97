import { connect } from 'node:net';

/** Requests that never come to their end, a byte at a time. */
const beginnings = {
  headers: 'GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nX-Slow: ',
  body: 'POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n',
} as const;

const byteEveryMs = 50;

/** How long the server lets a slow request go on, in milliseconds; null where that is too long to wait. */
export function slowRequest(
  port: number,
  kind: keyof typeof beginnings,
  maxMs: number,
): Promise<number | null> {
  const socket = connect(port, '127.0.0.1');
  const sinceMs = performance.now();
  return new Promise((resolve) => {
    const end = (ms: number | null) => {
      clearInterval(timer);
      clearTimeout(deadline);
      socket.destroy();
      resolve(ms);
    };
    const timer = setInterval(() => socket.write('x'), byteEveryMs);
    const deadline = setTimeout(() => end(null), maxMs);
    socket.on('error', () => {}).resume();
    socket.on('connect', () => socket.write(beginnings[kind]));
    socket.on('close', () => end(performance.now() - sinceMs));
  });
}
