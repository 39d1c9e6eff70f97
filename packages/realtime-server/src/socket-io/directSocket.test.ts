import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { Server as OldestServer } from 'socket.io-4-8-0';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { adaptSocket } from './connection.ts';
import { DirectSocket, takenBytes, waitingBytes } from './directSocket.ts';
import type { EncodedMessage } from './encodeEvent.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});

type AnyServer = new (...args: ConstructorParameters<typeof Server>) => Server;

/** A stock server of a release, whose next client is in once it has sent its CONNECT. */
async function startServer(IoServer: AnyServer, options: Partial<ServerOptions> = {}) {
  const http = createServer();
  const io = new IoServer(http, options);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  endings.push(() => io.close());
  const { port } = http.address() as AddressInfo;
  const nextSocket = () => new Promise<Socket>((resolve) => io.once('connection', resolve));
  return { port, nextSocket };
}

/** A client on a raw WebSocket, and the messages that came after it was let in. */
async function connect({ port, nextSocket }: Awaited<ReturnType<typeof startServer>>, query = '') {
  const address = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket${query}`;
  const client = new WebSocket(address);
  endings.push(() => client.terminate());
  const messages: string[] = [];
  client.on('message', (data, isBinary) => {
    messages.push(isBinary ? `binary ${data}` : String(data));
  });
  await once(client, 'open');
  const opening = nextSocket();
  client.send('40');
  const socket = await opening;
  await vi.waitFor(() => expect(messages.at(-1)).toMatch(/^40/));
  messages.length = 0;
  return { client, messages, socket };
}

const releases: [name: string, IoServer: AnyServer][] = [
  ['the current release', Server],
  ['the oldest release in range', OldestServer as unknown as AnyServer],
];

const directSocket = (conn: Socket['conn']) => DirectSocket.of(conn)?.idle ?? null;

describe.each(releases)('a WebSocket of %s', (_, IoServer) => {
  it('is written to directly when nothing is under way', async () => {
    const { socket, messages } = await connect(await startServer(IoServer));
    const direct = directSocket(socket.conn);
    expect(direct).not.toBeNull();
    const engineWrite = vi.spyOn(socket.conn, 'write');
    const connection = adaptSocket(socket);
    connection.write(['Phello', Buffer.from('bytes')]);
    await connection.flush(['Plast']);
    expect(engineWrite).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(messages).toEqual(['4Phello', 'binary bytes', '4Plast']));
  });

  it('keeps its order, whoever writes', async () => {
    const { socket, messages } = await connect(await startServer(IoServer));
    const connection = adaptSocket(socket);
    const expected: string[] = [];
    for (let count = 0; count < 300; count += 1) {
      const text = `${count}`.padEnd(count % 7 === 0 ? 70_000 : 1 + (count % 200), '.');
      if (count % 3 === 0) socket.emit(text);
      else if (count % 3 === 1) connection.write([`P${text}`]);
      else void connection.flush([`F${text}`]);
      const heads = [`42["${text}"]`, `4P${text}`, `4F${text}`];
      expected.push(heads[count % 3] ?? '');
      if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await vi.waitFor(() => expect(messages).toHaveLength(300));
    expect(messages).toEqual(expected);
  });

  it('leaves it to the engine while that has something to write', async () => {
    const { socket } = await connect(await startServer(IoServer));
    socket.emit('handed on to ws at once');
    expect(directSocket(socket.conn)).not.toBeNull();
    socket.emit('kept until that is written');
    expect(directSocket(socket.conn)).toBeNull();
    await vi.waitFor(() => expect(directSocket(socket.conn)).not.toBeNull());
  });

  it('leaves it to the engine where each message is compressed', async () => {
    const server = await startServer(IoServer, { perMessageDeflate: true });
    const { socket, messages } = await connect(server);
    expect(directSocket(socket.conn)).toBeNull();
    adaptSocket(socket).write(['Phello']);
    await vi.waitFor(() => expect(messages).toEqual(['4Phello']));
  });

  it.each(['packetCreate', 'flush'])(
    'leaves it to the engine where somebody hears of each %s',
    async (event) => {
      const { socket } = await connect(await startServer(IoServer));
      socket.conn.on(event as 'flush', () => {});
      expect(directSocket(socket.conn)).toBeNull();
    },
  );

  it('has nobody to write to once it is closed', async () => {
    const { socket, client } = await connect(await startServer(IoServer));
    client.close();
    await vi.waitFor(() => expect(directSocket(socket.conn)).toBeNull());
  });

  it('tells how much waits, and how much was taken, of a client that does not read', async () => {
    const { socket, client, messages } = await connect(await startServer(IoServer));
    const { conn } = socket;
    expect(waitingBytes(conn)).toBe(0);
    client.pause();
    const page: EncodedMessage = ['x'.repeat(1_000_000)];
    const connection = adaptSocket(socket);
    // The kernels of both ends take some megabytes first.
    await vi.waitFor(() => {
      connection.write(page);
      expect(connection.waitingBytes).toBeGreaterThan(10_000_000);
    });
    socket.emit('through the engine', 'x'.repeat(1_000));
    expect(waitingBytes(conn)).toBeGreaterThan(10_001_000);
    const before = takenBytes(conn);
    client.resume();
    await vi.waitFor(() => expect(takenBytes(conn)).toBeGreaterThan(before + 9_000_000));
    await vi.waitFor(() => expect(messages.at(-1)).toMatch(/^42\["through/));
    await vi.waitFor(() => expect(waitingBytes(conn)).toBe(0));
  });
});

describe.each(releases)('polling of %s', (_, IoServer) => {
  it('is left to the engine until it has become a WebSocket', async () => {
    const server = await startServer(IoServer);
    const url = `http://127.0.0.1:${server.port}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(url)).text();
    const { sid } = JSON.parse(opened.slice(1));
    const opening = server.nextSocket();
    await fetch(`${url}&sid=${sid}`, { method: 'POST', body: '40' });
    const socket = await opening;
    const connection = adaptSocket(socket);
    expect(directSocket(socket.conn)).toBeNull();
    const { waitingBytes: before } = connection;
    connection.write(['Pwaits']);
    expect(connection.waitingBytes).toBe(before + 'Pwaits'.length);
    expect(await (await fetch(`${url}&sid=${sid}`)).text()).toMatch(/4Pwaits$/);

    const address = `${url.replace('http', 'ws').replace('polling', 'websocket')}&sid=${sid}`;
    const client = new WebSocket(address);
    endings.push(() => client.terminate());
    const messages: string[] = [];
    client.on('message', (data) => messages.push(String(data)));
    await once(client, 'open');
    client.send('2probe');
    await vi.waitFor(() => expect(messages).toEqual(['3probe']));
    expect(directSocket(socket.conn)).toBeNull();
    connection.write(['Pamid the upgrade']);
    client.send('5');
    await vi.waitFor(() => expect(directSocket(socket.conn)).not.toBeNull());
    connection.write(['Pbehind it']);
    await vi.waitFor(() =>
      expect(messages).toEqual(['3probe', '4Pamid the upgrade', '4Pbehind it']),
    );
  });
});
