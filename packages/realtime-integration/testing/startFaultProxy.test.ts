import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type FaultProxy, startFaultProxy } from '@roomcast/realtime-testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSockets } from './openSockets.ts';

afterEach(async () => {
  await vi.waitFor(() => expect(openSockets()).toBe(0));
});

/** A server that sends back what it gets, and a proxy in front of it. */
async function startStage() {
  const served = new Set<Socket>();
  const server = createServer((socket) => {
    served.add(socket);
    socket.on('error', () => {}).on('close', () => served.delete(socket));
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await startFaultProxy((server.address() as AddressInfo).port);
  return {
    ...{ server, served, proxy },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      for (const socket of served) socket.destroy();
      server.close();
    },
  };
}

/** A connection to a proxy, with what it got and how it ended. */
async function open(proxy: FaultProxy) {
  const socket = connect(proxy.port, '127.0.0.1').setEncoding('utf8');
  const got: string[] = [];
  const ended = new Promise<string>((resolve) => {
    socket.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
    socket.on('close', () => resolve('closed'));
  });
  socket.on('data', (text: string) => got.push(text));
  await new Promise<void>((resolve) => socket.once('connect', resolve).once('close', resolve));
  return { socket, ended, text: () => got.join('') };
}

describe('startFaultProxy', () => {
  it('passes bytes on, both ways', async () => {
    await using stage = await startStage();
    const { socket, text } = await open(stage.proxy);
    socket.write('hello');
    await vi.waitFor(() => expect(text()).toBe('hello'));
    expect(stage.proxy.connections).toBe(1);
    socket.destroy();
  });

  it('passes the end of a connection on, both ways', async () => {
    await using stage = await startStage();
    const near = await open(stage.proxy);
    near.socket.end();
    await vi.waitFor(() => expect(stage.served.size).toBe(0));
    await expect(near.ended).resolves.toBe('closed');
    const far = await open(stage.proxy);
    await vi.waitFor(() => expect(stage.served.size).toBe(1));
    for (const socket of stage.served) socket.destroy();
    await far.ended;
    await vi.waitFor(() => expect(stage.proxy.connections).toBe(0));
  });

  it('passes a reset on', async () => {
    await using stage = await startStage();
    const { socket } = await open(stage.proxy);
    await vi.waitFor(() => expect(stage.served.size).toBe(1));
    socket.resetAndDestroy();
    await vi.waitFor(() => expect(stage.served.size).toBe(0));
    expect(stage.proxy.connections).toBe(0);
  });

  it('cuts what is open, on both sides, and takes new connections', async () => {
    await using stage = await startStage();
    const connections = [await open(stage.proxy), await open(stage.proxy)];
    await vi.waitFor(() => expect(stage.served.size).toBe(2));
    stage.proxy.cut();
    expect(stage.proxy.connections).toBe(0);
    expect(await Promise.all(connections.map(({ ended }) => ended))).toEqual([
      ...['ECONNRESET', 'ECONNRESET'],
    ]);
    await vi.waitFor(() => expect(stage.served.size).toBe(0));
    const { socket, text } = await open(stage.proxy);
    socket.write('again');
    await vi.waitFor(() => expect(text()).toBe('again'));
    socket.destroy();
  });

  it('refuses connections from block to restore', async () => {
    await using stage = await startStage();
    const early = await open(stage.proxy);
    stage.proxy.block();
    await expect(early.ended).resolves.toBe('ECONNRESET');
    const refused = await open(stage.proxy);
    await expect(refused.ended).resolves.toMatch(/ECONNRESET|closed/);
    expect(refused.text()).toBe('');
    expect(stage.served.size).toBe(0);
    stage.proxy.restore();
    const { socket, text } = await open(stage.proxy);
    socket.write('again');
    await vi.waitFor(() => expect(text()).toBe('again'));
    socket.destroy();
  });

  it('ends a connection whose server is not there', async () => {
    const stage = await startStage();
    await stage[Symbol.asyncDispose]();
    const { port } = stage.proxy;
    await using proxy = await startFaultProxy(port);
    const { ended } = await open(proxy);
    await ended;
    expect(proxy.connections).toBe(0);
  });

  it('closes with open connections, and twice', async () => {
    await using stage = await startStage();
    const { ended } = await open(stage.proxy);
    await Promise.all([stage.proxy.close(), stage.proxy.close()]);
    await stage.proxy.close();
    await ended;
    const late = await open(stage.proxy);
    await expect(late.ended).resolves.toBe('ECONNREFUSED');
  });
});
