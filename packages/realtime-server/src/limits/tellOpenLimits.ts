import type { Server as HttpServer } from 'node:http';
import type { Logger } from '@roomcast/realtime-contract';
import type { RequestTimeouts } from '../operations/httpServer.ts';

/** What an http server is waited for longer than we would: it is somebody else's to change. */
export function tellOpenLimits(
  { headersTimeout, requestTimeout }: HttpServer,
  { headersTimeoutMs, requestTimeoutMs }: RequestTimeouts,
  logger: Logger,
): void {
  // Of Node's own 0 stands for ever.
  const isOpen = (theirsMs: number, oursMs: number) => theirsMs === 0 || theirsMs > oursMs;
  if (!isOpen(headersTimeout, headersTimeoutMs) && !isOpen(requestTimeout, requestTimeoutMs))
    return;
  logger.info(
    { headersTimeout, requestTimeout },
    `slow clients can hold requests of the http server that was passed in: create it with \`headersTimeout\` ${headersTimeoutMs}, \`requestTimeout\` ${requestTimeoutMs} and a \`connectionsCheckingInterval\` of a second, where no proxy in front does it`,
  );
}
