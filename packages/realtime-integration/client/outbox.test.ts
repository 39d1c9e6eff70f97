import { createOutbox } from '@roomcast/realtime-client';
import { createPublication } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { startFaultProxy, startTestServer, type TestServer } from '@roomcast/realtime-testing';
import { describe, expect, it, vi } from 'vitest';
import { openClient } from './openClient.ts';

const contract = eventContract;
const receipt = { messageId: 'message-1', timestamp: '2026-05-04T18:30:00.000Z' };

/** A server that notes who said what, and answers when the test lets it. */
async function startStage() {
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  let isHanging = false;
  const server: TestServer<typeof contract> = await startTestServer(contract, {
    actions: {
      'send-message': async ({ eventId, message }, { session, publisher }) => {
        said.push(`${session.user?.id}: ${message}`);
        const { example } = contract.events['new-message'];
        const payload = { ...example, message };
        await publisher.publish(
          createPublication(contract, ['event', { eventId }], 'new-message', payload),
        );
        if (isHanging) await new Promise<void>((resolve) => waiting.push(resolve));
        return receipt;
      },
    },
  });
  const proxy = await startFaultProxy(server.port);
  return {
    ...{ server, proxy, said, waiting },
    hang: () => {
      isHanging = true;
    },
    /** A client behind the proxy with an outbox of its own. */
    open(userOf: () => string) {
      const outbox = createOutbox({ actions: ['send-message'] });
      const url = `http://127.0.0.1:${proxy.port}`;
      const opened = openClient(url, { outbox, getToken: () => server.tokenFor(userOf()) });
      const say = (message: string) =>
        opened.client.call('send-message', { eventId: '42', message });
      return { ...opened, say };
    },
    async [Symbol.asyncDispose]() {
      for (const answer of waiting) answer();
      await proxy.close();
      await server.close();
    },
  };
}

describe('a queued action', () => {
  it('is done once where the connection is cut before its answer', async () => {
    await using stage = await startStage();
    await using alice = stage.open(() => 'alice');
    await alice.reaches('connected');
    stage.hang();
    const answer = alice.say('Hello');
    await vi.waitFor(() => expect(stage.waiting).toHaveLength(1));
    stage.proxy.cut();
    await alice.reaches('reconnecting');
    await alice.reaches('connected');
    for (const resolve of stage.waiting) resolve();
    await expect(answer).resolves.toEqual(receipt);
    expect(stage.said).toEqual(['alice: Hello']);
  });

  it('waits through an outage, and is done when it is over, in order', async () => {
    await using stage = await startStage();
    await using alice = stage.open(() => 'alice');
    await alice.reaches('connected');
    stage.proxy.block();
    await alice.reaches('reconnecting');
    const answers = ['first', 'second', 'third'].map(alice.say);
    stage.proxy.restore();
    await Promise.all(answers);
    expect(stage.said).toEqual(['alice: first', 'alice: second', 'alice: third']);
  });

  it('is never done in the name of the user who logs in meanwhile', async () => {
    await using stage = await startStage();
    let user = 'alice';
    await using changing = stage.open(() => user);
    await using bob = stage.open(() => 'bob');
    await Promise.all([changing.reaches('connected'), bob.reaches('connected')]);
    stage.proxy.block();
    await Promise.all([changing.reaches('reconnecting'), bob.reaches('reconnecting')]);
    const [ofAlice, ofBob] = [changing.say('from alice'), bob.say('from bob')];
    user = 'carol';
    const refused = expect(ofAlice).rejects.toMatchObject({ code: 'FORBIDDEN' });
    stage.proxy.restore();
    await Promise.all([refused, ofBob]);
    expect(stage.said).toEqual(['bob: from bob']);
  });
});

describe('a call', () => {
  it('is done when its own event has been heard, which names it', async () => {
    await using stage = await startStage();
    await using alice = stage.open(() => 'alice');
    await alice.client.subscribe('event', { eventId: '42' }).joined();
    const heard: unknown[] = [];
    alice.client.on('new-message', (_, { causedBy }) => heard.push(causedBy));
    for (const idempotencyKey of ['call-1', 'call-2', 'call-2', 'call-3']) {
      const input = { eventId: '42', message: 'Hello' };
      await alice.client.call('send-message', input, { idempotencyKey });
      expect(heard.at(-1)).toBe(idempotencyKey);
    }
    expect(heard).toEqual(['call-1', 'call-2', 'call-3']);
  });
});
