import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ManagerHealth } from './health.ts';
import { listenOn, type ManagedHttpServer } from './httpServer.ts';
import { serveHttp } from './serveHttp.ts';

const timeouts = { headersTimeoutMs: 5_000, requestTimeoutMs: 10_000 };
const paths = { live: '/healthz', ready: '/readyz' };
const ok: ManagerHealth = { status: 'ok', isReady: true, reasons: [] };
const draining: ManagerHealth = { status: 'draining', isReady: false, reasons: ['draining'] };
const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

async function start(
  http: ManagedHttpServer,
): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
  const { url } = await listenOn(http.server, 0, '127.0.0.1');
  endings.push(http.close);
  return (path, init) => fetch(url + path, init);
}

describe('the http server of a manager', () => {
  it.each([
    ['/healthz', ok, 200],
    ['/readyz', ok, 200],
    ['/readyz?from=proxy', ok, 200],
    ['/healthz', draining, 200],
    ['/readyz', draining, 503],
  ])('answers %s, while it is %o, with %i', async (path, health, status) => {
    const get = await start(serveHttp(undefined, { paths, timeouts, health: () => health }));
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ status: health.status, reasons: health.reasons });
    const head = await get(path, { method: 'HEAD' });
    expect(head.status).toBe(status);
    expect(head.headers.get('content-length')).toBe(response.headers.get('content-length'));
    expect(await head.text()).toBe('');
  });

  it.each([
    ['/', 'GET'],
    ['/healthz/more', 'GET'],
    ['/readyz', 'POST'],
  ])('leaves nobody without an answer: %s by %s', async (path, method) => {
    const get = await start(serveHttp(undefined, { paths, timeouts, health: () => ok }));
    expect((await get(path, { method })).status).toBe(404);
  });

  it('says nothing where it was not asked to', async () => {
    const get = await start(serveHttp(undefined, { paths: null, timeouts, health: () => ok }));
    expect((await get('/healthz')).status).toBe(404);
  });
});

describe('the http server of somebody else', () => {
  function adopt(served: typeof paths | null) {
    const app = vi.fn<RequestListener>((_, response) => response.end('of the application'));
    const server = createServer(app);
    endings.push(() => server.close());
    return { app, http: serveHttp(server, { paths: served, timeouts, health: () => ok }) };
  }

  it('goes on with all but the two paths', async () => {
    const { app, http } = adopt(paths);
    const get = await start(http);
    expect((await get('/healthz')).status).toBe(200);
    expect(app).not.toHaveBeenCalled();
    for (const [path, method] of [
      ['/', 'GET'],
      ['/healthz', 'DELETE'],
      ['/readyz/x', 'GET'],
    ] as const) {
      expect(await (await get(path, { method })).text()).toBe('of the application');
    }
  });

  it('keeps its routes to itself unless it was asked for them', async () => {
    const get = await start(adopt(null).http);
    expect(await (await get('/healthz')).text()).toBe('of the application');
  });

  it('is left open', async () => {
    const { http } = adopt(paths);
    const get = await start(http);
    http.stopListening();
    await http.close();
    expect((await get('/')).status).toBe(200);
  });
});
