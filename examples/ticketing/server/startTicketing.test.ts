import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Login } from '../shared/user.ts';
import { startTicketing, type Ticketing } from './startTicketing.ts';

let webRoot: string;
const open: Ticketing[] = [];

beforeEach(async () => {
  webRoot = mkdtempSync(join(tmpdir(), 'ticketing-'));
  writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>The page</title>');
  await mkdir(join(webRoot, 'assets'));
  writeFileSync(join(webRoot, 'assets', 'index-abc.js'), 'export {};');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((ticketing) => ticketing.close()));
  rmSync(webRoot, { recursive: true });
});

async function start(options: { port?: number; database?: string } = {}): Promise<Ticketing> {
  const ticketing = await startTicketing({ port: 0, database: ':memory:', webRoot, ...options });
  open.push(ticketing);
  return ticketing;
}

describe('the page', () => {
  it.each(['/', '/events/night-ferry', '/tickets'])('is served at %s', async (path) => {
    const { url } = await start();
    const response = await fetch(url + path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('The page');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  });

  it('brings files whose names are hashed, to be kept for good', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/assets/index-abc.js`);
    expect(response.headers.get('content-type')).toMatch(/javascript/);
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it('does not stand in for a file that is missing', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/assets/index-old.js`)).status).toBe(404);
  });

  it('does not serve what lies beside its folder', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/assets/%2e%2e/%2e%2e/etc/passwd`);
    expect(await response.text()).not.toContain('root:');
  });

  it('says what to do while it is not built', async () => {
    rmSync(join(webRoot, 'index.html'));
    const { url } = await start();
    const response = await fetch(url);
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('pnpm build');
  });
});

describe('the port', () => {
  it('serves API, page and socket together', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/api/events`)).json()).toHaveLength(6);
    const handshake = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
    expect(await handshake.text()).toContain('"sid"');
  });

  it('is named when it is taken, with the way out', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toThrow(`Port ${port} is taken`);
    await expect(start({ port })).rejects.toThrow(`PORT=${port + 1}`);
  });

  it('is closed with sockets still open, which it ends', async () => {
    const ticketing = await start();
    const socket = new WebSocket(`${ticketing.url}/socket.io/?EIO=4&transport=websocket`);
    await once(socket, 'open');
    const isEnded = once(socket, 'close');
    await ticketing.close();
    await isEnded;
  });

  it('is free again after closing, twice if need be', async () => {
    const first = await start();
    await Promise.all([first.close(), first.close()]);
    await expect(fetch(first.url)).rejects.toThrow();
    const second = await start({ port: Number(new URL(first.url).port) });
    expect((await fetch(`${second.url}/api/events`)).status).toBe(200);
  });
});

it('lets those who are logged in stay so when it starts again', async () => {
  const database = join(webRoot, 'shop.sqlite');
  const first = await start({ database });
  const login = await fetch(`${first.url}/api/login`, {
    method: 'POST',
    body: JSON.stringify({ userId: 'ada' }),
  });
  const { token } = (await login.json()) as Login;
  await first.close();
  const second = await start({ database });
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`${second.url}/api/me/tickets`, { headers })).status).toBe(200);
});
