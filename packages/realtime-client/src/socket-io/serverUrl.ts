import { RoomcastError } from '@roomcast/realtime-contract';

/** There in a page, and in no process. */
declare const location: { readonly protocol: string; readonly host: string } | undefined;

/**
 * Where to connect to: the origin of the page where there is no URL.
 *
 * @throws RoomcastError `INVALID_CONFIG` where there is no page either
 */
export function serverUrl(url: string): string {
  if (url) return url;
  if (typeof location === 'object') return `${location.protocol}//${location.host}`;
  throw new RoomcastError('INVALID_CONFIG', 'Expected `url`: there is no page.');
}
