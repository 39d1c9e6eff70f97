import { Socket } from 'engine.io-client';
import type { Engine, EngineOptions } from './engine.ts';
import { serverUrl } from './serverUrl.ts';

/**
 * Opens a connection of engine.io.
 *
 * @throws RoomcastError `INVALID_CONFIG` without a URL where there is no page to take it from
 */
export function openEngine({ url, path, transports }: EngineOptions): Engine {
  const engine = new Socket(serverUrl(url), {
    path,
    transports: [...transports],
    // Otherwise the second transport is never tried where a proxy blocks the first.
    tryAllTransports: true,
  });
  engine.binaryType = 'arraybuffer';
  return engine;
}
