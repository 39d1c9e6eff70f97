import { AssertionError } from 'node:assert';
import { defineContract } from '@roomcast/realtime-contract';
import {
  assertConnected,
  assertJoined,
  assertNotConnected,
  assertNotJoined,
  assertNotRecovered,
  assertReceivesEvent,
  assertReceivesNoEvent,
  assertRecovered,
  startTestServer,
  WebSocketTester,
} from '@roomcast/realtime-testing';
import { describe, expect, it } from 'vitest';
import { purchase } from '../client/openClient.ts';
import { startStage } from './startStage.ts';

const room = ['event', { eventId: '42' }] as const;

/** The assertion fails; resolves with its error. */
async function failureOf(assertion: Promise<unknown>): Promise<AssertionError> {
  const error = await assertion.then(
    () => null,
    (error: unknown) => error,
  );
  if (error instanceof AssertionError) return error;
  throw new Error(`Expected an AssertionError, got ${error}.`);
}

describe('assertReceivesEvent', () => {
  it('accepts an event that has arrived or does so in time, and returns its payload', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    const coming = assertReceivesEvent(alice, 'ticket-purchased', { ticketId: 't-1' });
    await publish('t-1');
    await expect(coming).resolves.toEqual(purchase('t-1'));
    await publish('t-2');
    await expect(assertReceivesEvent(alice, 'ticket-purchased')).resolves.toEqual(purchase('t-2'));
  });

  it('takes the event: a second assertion needs a second one', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    for (const ticket of ['t-1', 't-2']) await publish(ticket);
    await assertReceivesEvent(alice, 'ticket-purchased', { ticketId: 't-2' });
    await failureOf(assertReceivesEvent(alice, 'ticket-purchased', { ticketId: 't-2' }));
    expect((await alice.waitForEvent('ticket-purchased')).ticketId).toBe('t-1');
  });

  it('fails with what arrived instead, and a diff', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-1');
    const error = await failureOf(
      assertReceivesEvent(alice, 'ticket-purchased', { ticketId: 't-9' }),
    );
    expect(error.message).toMatch(
      /^Expected "ticket-purchased" with { ticketId: 't-9' } within 100 ms\. Received 1 × "ticket-purchased": \[ {.* ticketId: 't-1',.*} \] and 0 other events\. The connection is "connected"\.$/,
    );
    expect(error.actual).toEqual(purchase('t-1'));
    expect(error.expected).toEqual({ ticketId: 't-9' });
    const other = await failureOf(assertReceivesEvent(alice, 'event-updated'));
    expect(other.message).toContain('and 1 other events: 1 × "ticket-purchased".');
  });

  it('fails with why there is no connection, where there is none', async () => {
    await using stage = await startStage();
    await stage.alice.goOffline();
    const { message } = await failureOf(
      assertReceivesEvent(stage.alice, 'ticket-purchased', {}, { timeoutMs: 20 }),
    );
    expect(message).toMatch(/within 20 ms.*The connection is "reconnecting" \(CONNECTION_/);
  });
});

describe('assertReceivesNoEvent', () => {
  it('accepts that nothing comes, that it was taken, or that it is another one', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await assertReceivesNoEvent(alice, 'ticket-purchased');
    await publish('t-1');
    await assertReceivesNoEvent(alice, 'ticket-purchased', { ticketId: 't-2' });
    await alice.waitForEvent('ticket-purchased');
    await assertReceivesNoEvent(alice, 'ticket-purchased');
  });

  it('fails with the event that is there or comes', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-1');
    const { message } = await failureOf(assertReceivesNoEvent(alice, 'ticket-purchased'));
    expect(message).toMatch(
      /^Expected no "ticket-purchased" within 100 ms\. Received {.*ticketId: 't-1'/,
    );
    const coming = failureOf(
      assertReceivesNoEvent(alice, 'ticket-purchased', {}, { timeoutMs: 2_000 }),
    );
    await publish('t-2');
    expect((await coming).message).toContain("ticketId: 't-2'");
  });
});

describe('an assertion about what cannot come', () => {
  it('is refused: a name that the contract does not have, or a tester that was never connected', async () => {
    await using stage = await startStage();
    const nobody = new WebSocketTester(stage.server);
    for (const assertion of [assertReceivesEvent, assertReceivesNoEvent]) {
      await expect(
        assertion(stage.alice, 'ticket-purchasd' as 'ticket-purchased'),
      ).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
      await expect(assertion(nobody, 'ticket-purchased')).rejects.toMatchObject({
        code: 'NOT_CONNECTED',
      });
    }
    for (const assertion of [assertRecovered, assertNotRecovered]) {
      await expect(assertion(nobody)).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    }
  });

  it('does not take a matcher that throws for an event that did not come', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-1');
    const broken = {
      asymmetricMatch() {
        throw new Error('broken');
      },
    };
    const unwanted = { ticketId: broken as unknown as string };
    await expect(assertReceivesNoEvent(alice, 'ticket-purchased', unwanted)).rejects.toThrow(
      'broken',
    );
  });
});

describe('assertConnected and assertNotConnected', () => {
  it('accept what is so or will be', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    await assertConnected(alice);
    const comeBack = await alice.goOffline();
    await assertNotConnected(alice);
    const connected = assertConnected(alice);
    await comeBack();
    await connected;
    await alice.disconnect();
    await assertNotConnected(alice);
  });

  it('fail with where the connection stands', async () => {
    await using stage = await startStage();
    const { alice, server } = stage;
    expect((await failureOf(assertNotConnected(alice))).message).toBe(
      'Expected not to be connected within 100 ms. The connection is "connected".',
    );
    server.manager.sessions.revokeUser('alice');
    await assertNotConnected(alice);
    expect((await failureOf(assertConnected(alice))).message).toMatch(
      /^Expected to be connected within 100 ms\. The connection is "closed" \(TOKEN_REVOKED: /,
    );
    const nobody = new WebSocketTester(server, { timeoutMs: 1 });
    expect((await failureOf(assertConnected(nobody))).message).toContain('is "idle"');
  });
});

describe('assertJoined and assertNotJoined', () => {
  it('accept what is so or will be, also for rooms that are joined by themselves', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    await assertJoined(alice, ...room);
    await assertJoined(alice, 'user', { userId: 'alice' });
    await assertNotJoined(alice, 'event', { eventId: '43' });
    const joined = assertJoined(alice, 'event', { eventId: '43' });
    await alice.join('event', { eventId: '43' });
    await joined;
    await alice.leave(...room);
    await assertNotJoined(alice, ...room);
  });

  it('do not take a join that is under way for an answer', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    const readOn = alice.pauseReading();
    const subscription = alice.client.subscribe('event', { eventId: '43' });
    const { message } = await failureOf(assertJoined(alice, 'event', { eventId: '43' }));
    expect(message).toContain('"event-43" joining');
    const failed = failureOf(assertNotJoined(alice, 'event', { eventId: '43' }));
    readOn();
    expect((await failed).message).toContain('"event-43" joined');
    subscription.release();
  });

  it('fail with the rooms that there are', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    expect((await failureOf(assertNotJoined(alice, ...room))).message).toBe(
      'Expected not to be in the room "event-42". Its rooms: "user-alice" joined, "global" joined, "event-42" joined. The connection is "connected".',
    );
    await alice.disconnect();
    expect((await failureOf(assertJoined(alice, ...room))).message).toBe(
      'Expected to be in the room "event-42". It is in none. The connection is "idle".',
    );
  });
});

describe('assertRecovered and assertNotRecovered', () => {
  it('tell who missed nothing from who has a gap', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-0');
    await alice.waitForEvent('ticket-purchased');
    const loseTickets = async (...tickets: readonly string[]) => {
      const comeBack = await alice.goOffline();
      for (const ticket of tickets) await publish(ticket);
      await comeBack();
    };
    await loseTickets('t-1', 't-2');
    await assertRecovered(alice);
    expect((await failureOf(assertNotRecovered(alice))).message).toMatch(
      /^Expected to have missed something\. Its rooms: .*"event-42" resumed/,
    );
    await loseTickets('t-3', 't-4', 't-5', 't-6');
    await assertNotRecovered(alice);
    expect((await failureOf(assertRecovered(alice))).message).toBe(
      'Expected to have missed nothing. "event-42" has a gap: overflow, 4 missed.',
    );
    await alice.drop();
    await assertRecovered(alice);
  });

  it('take a room that was refused on return for missed', async () => {
    let isOpen = false;
    const guarded = defineContract({
      ...{ version: '1.0', rooms: { event: { template: 'event-{eventId}' } }, events: {} },
    });
    await using server = await startTestServer(guarded, { authorise: () => [isOpen] });
    await using alice = new WebSocketTester(server, { timeoutMs: 500 });
    await alice.connect('alice');
    const subscription = alice.client.subscribe(...room);
    await expect(subscription.joined()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await alice.drop();
    expect((await failureOf(assertRecovered(alice))).message).toBe(
      'Expected to have missed nothing. "event-42" has a gap: unauthorized, nobody knows how many missed.',
    );
    await assertNotRecovered(alice);
    isOpen = true;
    await alice.drop();
    await assertRecovered(alice);
  });

  it('fail where nothing was lost, or nobody is back', async () => {
    await using stage = await startStage();
    const { alice } = stage;
    for (const assertion of [assertRecovered, assertNotRecovered]) {
      expect((await failureOf(assertion(alice, { timeoutMs: 10 }))).message).toBe(
        'Expected to have recovered. The connection was not lost after 10 ms. The connection is "connected".',
      );
    }
    await alice.goOffline();
    for (const assertion of [assertRecovered, assertNotRecovered]) {
      expect((await failureOf(assertion(alice))).message).toContain('"reconnecting" after 100 ms.');
    }
  });
});
