import type {
  Server as HttpServer,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http';
import type { ManagerHealth } from './health.ts';

/** Where a manager answers how it is. */
export interface HealthPaths {
  /** 200 as long as the process answers. @default '/healthz' */
  readonly live?: string;
  /** 200 where new clients should be sent here, otherwise 503. @default '/readyz' */
  readonly ready?: string;
}

type HealthRoutes = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Answers `GET` and `HEAD` of both paths. @returns a function that says whether it has answered */
export function createHealthRoutes(
  paths: Required<HealthPaths>,
  health: () => ManagerHealth,
): HealthRoutes {
  return (request, response) => {
    const { method, url = '' } = request;
    const [path] = url.split('?', 1);
    const isLive = path === paths.live;
    if (!(isLive || path === paths.ready) || !(method === 'GET' || method === 'HEAD')) return false;
    const { status, isReady, reasons } = health();
    const body = JSON.stringify({ status, reasons });
    response.writeHead(isLive || isReady ? 200 : 503, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
    });
    response.end(method === 'HEAD' ? undefined : body);
    return true;
  };
}

/** Answers before those who listen on a server already, and leaves everything else to them. */
export function answerFirst(server: HttpServer, routes: HealthRoutes): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (routes(request, response)) return;
    for (const listener of others) listener.call(server, request, response);
  });
}

/** A server's own answer where nobody else has one. */
export function answerNotFound(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'content-length': 0 }).end();
}
