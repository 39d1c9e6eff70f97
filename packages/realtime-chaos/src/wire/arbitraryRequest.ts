import type { SeededRandom } from '../random/seededRandom.ts';
import { damaged } from './arbitraryBytes.ts';
import { httpRequest, upgradeHeaders } from './httpBytes.ts';

/** Requests of http that name a session, and are wrong in some way. */
export function arbitraryRequest(random: SeededRandom, sid: string, body: string): Buffer {
  const pick = <Item>(items: readonly Item[]) => items[random.integer(0, items.length - 1)] as Item;
  const transport = pick(['polling', 'polling', 'websocket', 'webtransport', '__proto__', '']);
  const version = pick(['4', '4', '4', '3', '', 'x']);
  const session = pick([sid, sid, `${sid}x`, '__proto__', '', '%00']);
  const request = httpRequest({
    method: pick(['POST', 'POST', 'GET', 'PUT', 'OPTIONS', 'HEAD']),
    query: `EIO=${version}&transport=${transport}&sid=${session}`,
    headers: [
      'Connection: close',
      ...(random.chance(0.1) ? upgradeHeaders : []),
      ...(random.chance(0.2) ? ['Content-Type: application/octet-stream'] : []),
      ...(random.chance(0.1) ? ['Transfer-Encoding: chunked'] : []),
      ...(random.chance(0.1) ? [`Content-Length: ${random.integer(-1, 100_000)}`] : []),
    ],
    body: random.chance(0.05) ? body.repeat(2_000).slice(0, 100_000) : body,
  });
  return random.chance(0.3) ? damaged(random, request) : request;
}
