import { createMemoryBroker } from '@roomcast/realtime-broker';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random/seededRandom.ts';
import { createResumingClient } from './resumingClient.ts';
import { resumeRevoked } from './revokedResume.ts';
import { type SlowServer, startSlowServer } from './slowServer.ts';
import { startPublishing } from './startPublishing.ts';

/** A server that is published to, amid which something happens. */
async function amidPublishing(
  slow: SlowServer,
  work: (slow: SlowServer) => Promise<unknown>,
): Promise<void> {
  const publishing = startPublishing(slow);
  try {
    await work(slow);
  } finally {
    await publishing.stop();
  }
}

describe.concurrent('the auth-resume scenario', () => {
  it('finds a server that lets a user back into a room that was withdrawn', async () => {
    await using slow = await startSlowServer(seededRandom(1));
    await amidPublishing({ ...slow, forbid: () => {} }, async (lax) => {
      const resume = resumeRevoked({
        ...{ slow: lax, userId: 'mallory', eventId: '1', revocation: 'forbidden' },
      });
      await expect(resume).rejects.toThrow(/mallory, revoked forbidden, got .*payload-/);
    });
  });

  it('finds a server that does not act on a revocation while it authenticates', async () => {
    await using slow = await startSlowServer(seededRandom(1));
    await amidPublishing({ ...slow, watch: () => {} }, async (lax) => {
      const resume = resumeRevoked({
        ...{ slow: lax, userId: 'mallory', eventId: '1', revocation: 'authenticating' },
      });
      await expect(resume).rejects.toThrow(/mallory, revoked authenticating, got .*payload-/);
    });
  });

  it('finds a log that has lost what was missed', async () => {
    const random = seededRandom(1);
    const broker = createMemoryBroker({ history: { maxPublications: 1 } });
    await using slow = await startSlowServer(random.fork(), broker);
    await amidPublishing(slow, async () => {
      await using client = await createResumingClient({
        ...{ slow, userId: 'alice', eventId: '1', random },
      });
      await client.start();
      await expect(client.resume()).rejects.toThrow(/alice: told .*"overflow"/);
    });
  });
});
