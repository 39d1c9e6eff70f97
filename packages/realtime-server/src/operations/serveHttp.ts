import type { Server as HttpServer } from 'node:http';
import type { ManagerHealth } from './health.ts';
import {
  answerFirst,
  answerNotFound,
  createHealthRoutes,
  type HealthPaths,
} from './healthRoutes.ts';
import { createHttpServer, type ManagedHttpServer } from './httpServer.ts';

/**
 * The http server of a manager, with what it answers by itself.
 *
 * @param given - that of somebody else, who closes it; without it there will be another
 * @param paths - where it says how it is; null for nowhere
 */
export function serveHttp(
  given: HttpServer | undefined,
  paths: Required<HealthPaths> | null,
  health: () => ManagerHealth,
): ManagedHttpServer {
  const http = given ? adopt(given) : createHttpServer(answerNotFound);
  if (paths) answerFirst(http.server, createHealthRoutes(paths, health));
  return http;
}

function adopt(server: HttpServer): ManagedHttpServer {
  return { server, stopListening() {}, close: async () => {} };
}
