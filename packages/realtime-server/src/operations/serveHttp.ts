import type { Server as HttpServer } from 'node:http';
import type { ManagerHealth } from './health.ts';
import {
  answerFirst,
  answerNotFound,
  createHealthRoutes,
  type HealthPaths,
} from './healthRoutes.ts';
import { createHttpServer, type ManagedHttpServer, type RequestTimeouts } from './httpServer.ts';

export interface ServeHttpOptions {
  /** Where it says how it is; null for nowhere. */
  readonly paths: Required<HealthPaths> | null;
  health(): ManagerHealth;
  /** Of a server that is made here. */
  readonly timeouts: RequestTimeouts;
}

/**
 * The http server of a manager, with what it answers by itself.
 *
 * @param given - that of somebody else, who closes it; without it there will be another
 */
export function serveHttp(
  given: HttpServer | undefined,
  { paths, health, timeouts }: ServeHttpOptions,
): ManagedHttpServer {
  const http = given ? adopt(given) : createHttpServer(answerNotFound, timeouts);
  if (paths) answerFirst(http.server, createHealthRoutes(paths, health));
  return http;
}

function adopt(server: HttpServer): ManagedHttpServer {
  return { server, stopListening() {}, close: async () => {} };
}
