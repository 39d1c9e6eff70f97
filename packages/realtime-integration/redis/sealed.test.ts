import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createRealtimeClient, followRoom } from '@roomcast/realtime-client';
import { createEventOpener } from '@roomcast/realtime-client/encryption';
import { startRedis } from '@roomcast/realtime-redis/testing';
import { io } from 'socket.io-client';
import { expect, test, vi } from 'vitest';
import { dumpRedis, watchRedis } from './redisWitness.ts';
import { sealedContract, sealedKeys } from './sealedContract.ts';

const room = ['chat', { chatId: '1' }] as const;
const canary = 'canary-4711';
const witness = 'witness-0815';
const source = '--conditions=@roomcast/source';
const publisherProgram = fileURLToPath(new URL('sealedPublisherProgram.ts', import.meta.url));
const nodeProgram = fileURLToPath(new URL('sealedNodeProgram.ts', import.meta.url));

async function publish(url: string, ...publications: readonly string[]): Promise<string> {
  const all = [source, publisherProgram, url, ...publications];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, all, { timeout: 20_000 });
  return stdout + stderr;
}

/** A node in a process of its own, with all that it writes. */
async function startNode(redisUrl: string) {
  const child = spawn(process.execPath, [source, nodeProgram, redisUrl]);
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      written += text;
    });
  }
  const url = await vi.waitFor(
    () => /http:[^"]+/.exec(written)?.[0] ?? Promise.reject(new Error(`Not up: ${written}`)),
    { timeout: 20_000 },
  );
  return {
    url,
    get written() {
      return written;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A reader with what it heard, and all that came over its connection as it came. */
function openReader(url: string, keys: readonly string[] = ['k-1', 'k-2']) {
  const heard: string[] = [];
  const onError = vi.fn();
  const find = (id: string) => (keys.includes(id) ? sealedKeys[id] : null);
  const opener = createEventOpener({ keys: find });
  const client = createRealtimeClient({ contract: sealedContract, url, env: {}, opener, onError });
  let wire = '';
  client.ports.inspection.notices.add((notice) => {
    if (notice.type === 'received') wire += `${notice.message} ${notice.text}`;
  });
  for (const name of ['said', 'mood', 'typing', 'joined'] as const) {
    client.on(name, ({ text }) => heard.push(`${name} ${text}`));
  }
  const chat = client.subscribe(...room);
  return { client, chat, heard, onError, wire: () => wire, [Symbol.asyncDispose]: client.close };
}

/** What a stock client gets, as text. */
async function openStock(url: string) {
  const socket = io(url, { transports: ['websocket'], reconnection: false });
  const heard: unknown[][] = [];
  socket.onAny((...event) => heard.push(event));
  await once(socket as never, 'connect');
  await socket.emitWithAck('join-chat', '1');
  return { heard, [Symbol.dispose]: () => void socket.disconnect() };
}

test('what is encrypted is read by who has the key, and seen by nobody between', async () => {
  await using redis = await startRedis({ args: ['--rdbcompression', 'no'] });
  using monitor = await watchRedis(redis.port);
  await using node = await startNode(redis.url);
  await using alice = openReader(node.url);
  await alice.chat.joined();
  using stock = await openStock(node.url);

  const said = await publish(
    redis.url,
    ...[`joined:k-1:${witness}`, `said:k-1:${canary}`, `mood:k-1:${canary}`],
    ...[`typing:k-1:${canary}`, 'said:k-1:end'],
  );
  const all = [`joined ${witness}`, `said ${canary}`, 'said end'];
  const heard = [...all, `mood ${canary}`, `typing ${canary}`].toSorted();
  await vi.waitFor(() => expect(alice.heard.toSorted()).toEqual(heard));
  // Who comes later reads the log and the newest values.
  await using bob = openReader(node.url);
  await bob.chat.joined();
  await vi.waitFor(() => expect(bob.heard).toEqual([`mood ${canary}`]));
  const followed: unknown[] = [];
  const since = { ...(bob.chat.position ?? { epoch: '' }), offset: 0, revision: 0 };
  const history = await bob.client.history([...room], { since });
  expect(history).toMatchObject({ publications: [{}, { payload: { text: canary } }, {}, {}] });
  followRoom(bob.client, [...room], {
    since,
    onPublication: ({ payload: heard }) => followed.push(heard?.text),
    onGap: ({ reason }) => followed.push(reason),
  });
  await vi.waitFor(() => expect(followed).toEqual([witness, canary, 'end', canary]));

  await vi.waitFor(() => expect(stock.heard.map(([name]) => name)).toContain('typing'));
  expect(stock.heard.find(([name]) => name === 'said')?.[1]).toEqual({
    ...{ sealed: 1, keyId: 'k-1', idempotencyKey: 'once-1' },
    ...{ nonce: expect.stringMatching(/^[\w-]{16}$/), text: expect.stringMatching(/^[\w-]+$/) },
  });
  const seen = {
    redis: await dumpRedis(redis.port),
    monitor: monitor.seen,
    wire: alice.wire() + bob.wire(),
    stock: JSON.stringify(stock.heard),
  };
  for (const text of Object.values(seen)) {
    // Where the plain event is seen, the sealed text would be.
    expect(text).toContain(witness);
    expect(text).not.toContain(canary);
  }
  expect(node.written).toContain('roomcast_');
  expect(node.written + said).not.toContain(canary);
  expect(alice.onError).not.toHaveBeenCalled();
});

test('keys change amid a room: who lacks the new one is told so, and reads on with the old', async () => {
  await using redis = await startRedis();
  await using node = await startNode(redis.url);
  await using alice = openReader(node.url);
  await using bob = openReader(node.url, ['k-1']);
  await Promise.all([alice.chat.joined(), bob.chat.joined()]);
  await publish(redis.url, 'said:k-1:one', 'said:k-2:two', 'said:k-1:three');
  await vi.waitFor(() => expect(alice.heard).toEqual(['said one', 'said two', 'said three']));
  await vi.waitFor(() => expect(bob.heard).toEqual(['said one', 'said three']));
  expect(bob.chat.position).toEqual(alice.chat.position);
  expect(bob.onError.mock.calls).toMatchObject([[{ reason: 'unknown-key' }, 'opening "said"']]);
});
