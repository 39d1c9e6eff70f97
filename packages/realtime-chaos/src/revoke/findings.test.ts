import { startRedis } from '@roomcast/realtime-redis/testing';
import { describe, expect, it } from 'vitest';
import { hear, type SocketRecord } from './heldSocket.ts';
import { judgeBystanders, judgeSilence, judgeTimes, silentSince } from './judgeRevocation.ts';
import { createPart as createNode } from './revokeNode.ts';
import { createPart as createSockets } from './socketsPart.ts';

const port = 1;
const end = '4C{"code":"TOKEN_REVOKED"}';
const publication = '4P["planned"]';

/** What a socket notes of bytes that come one after the other. */
function recordOf(...chunks: readonly string[]): SocketRecord {
  const record: SocketRecord = {
    ...{ userId: 'alice', port, refusedAtMs: null, revokedAtMs: null, lastHeardAtMs: null },
    ...{ payloads: 0, payloadsAfterEnd: 0 },
  };
  for (const chunk of chunks) hear(record, Buffer.from(chunk), () => {});
  return record;
}

const messagesOf = (failures: readonly { readonly message: string }[]) =>
  failures.map(({ message }) => message);

describe('the revoke scenario', () => {
  it('finds nothing where a socket hears its end and no more', () => {
    const record = recordOf(publication, '4R{}', end);
    expect(judgeSilence([record], 2)).toEqual([]);
    expect(silentSince(record)).toBe(record.revokedAtMs);
  });

  it.each([
    ['later', [end, publication]],
    ['at once', [end + publication]],
  ])('finds a publication that comes %s behind the end', (_, chunks) => {
    expect(messagesOf(judgeSilence([recordOf(...chunks)], 2))).toEqual([
      '1 sockets heard a publication after they were told of their end',
    ]);
  });

  it('finds a node that still delivers when its `revokeUser` has returned', () => {
    expect(messagesOf(judgeSilence([recordOf(publication, end)], port))).toEqual([
      '1 sockets of the revoking node heard what came afterwards',
    ]);
  });

  it('finds sockets that hear their end late, and ones that go on to hear something', () => {
    const record = { ...recordOf(end), revokedAtMs: 100, lastHeardAtMs: 1_101 };
    const judge = (isFull: boolean) =>
      messagesOf(judgeTimes('revoked', [silentSince(record)], { givenAtMs: 100, isFull }).failures);
    expect(judge(true)).toEqual(['sockets were revoked after 1001 ms, p99']);
    expect(judge(false)).toEqual([]);
  });

  it('finds other users who were hit, or hear less than all', () => {
    expect(judgeBystanders([recordOf(publication)], 1)).toEqual([]);
    const records = [recordOf(publication, '4R{}'), recordOf(publication, end), recordOf()];
    expect(messagesOf(judgeBystanders(records, 1))).toEqual([
      '2 sockets of other users were hit',
      '1 sockets of other users did not hear each publication once',
    ]);
  });

  it('finds a node that the order does not reach', async () => {
    await using redis = await startRedis();
    await using elsewhere = await startRedis();
    const nodes = [createNode(), createNode()];
    const urls = [redis.url, elsewhere.url];
    const ports = await Promise.all(nodes.map((node, index) => node.open(urls[index] ?? '')));
    // One for each node, as the second would wait in vain.
    const sockets = [createSockets(), createSockets()];
    const token = `alice ${Date.now() - 60_000}`;
    await Promise.all(sockets.map((one, index) => one.open([{ port: ports[index] ?? 0, token }])));
    const revoked = await nodes[0]?.revoke('alice');
    await sockets[0]?.whenTold({ loss: 'revoked', userId: 'alice' });
    const records = sockets.flatMap((one) => one.records());
    const { failures } = judgeTimes('revoked', records.map(silentSince), {
      ...{ givenAtMs: revoked?.givenAtMs ?? 0, isFull: false },
    });
    expect(messagesOf(failures)).toEqual(['1 sockets were never revoked']);
    for (const one of sockets) one.close();
    await Promise.all(nodes.map((node) => node.close()));
  });
});
