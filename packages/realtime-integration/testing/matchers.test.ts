import '@roomcast/realtime-testing/vitest';
import { describe, expect, it } from 'vitest';
import { startStage } from './startStage.ts';

const room = ['event', { eventId: '42' }] as const;

describe('the matchers', () => {
  it('accept what the assertions accept', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await expect(alice).toBeConnected();
    await expect(alice).toHaveJoined(...room);
    await publish('t-1');
    await expect(alice).toReceiveEvent('ticket-purchased', {
      ...{ ticketId: 't-1', price: expect.any(Number) },
    });
    await expect(alice).not.toReceiveEvent('ticket-purchased', {}, { timeoutMs: 10 });
    await expect(alice).not.toHaveJoined('event', { eventId: '43' });
    await alice.drop();
    await expect(alice).toHaveRecovered();
    const comeBack = await alice.goOffline();
    await expect(alice).not.toBeConnected();
    for (const ticket of ['t-2', 't-3', 't-4', 't-5']) await publish(ticket);
    await comeBack();
    await expect(alice).not.toHaveRecovered();
  });

  it('fail with the message of the assertion', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-1');
    const failures: [() => Promise<void>, string][] = [
      [
        () => expect(alice).toReceiveEvent('event-updated'),
        'Expected "event-updated" within 100 ms.',
      ],
      [() => expect(alice).not.toReceiveEvent('ticket-purchased'), "ticketId: 't-1'"],
      [
        () => expect(alice).toHaveJoined('event', { eventId: '43' }),
        'to be in the room "event-43"',
      ],
      [() => expect(alice).not.toHaveJoined(...room), 'not to be in the room "event-42"'],
      [() => expect(alice).not.toBeConnected(), 'Expected not to be connected'],
      [() => expect(alice).toHaveRecovered(), 'The connection was not lost after 100 ms.'],
      [() => expect(alice).not.toHaveRecovered(), 'The connection was not lost after 100 ms.'],
    ];
    for (const [fail, message] of failures) await expect(fail()).rejects.toThrow(message);
    await alice.disconnect();
    await expect(expect(alice).toBeConnected()).rejects.toThrow('is "idle"');
  });

  it('show the difference between the payloads', async () => {
    await using stage = await startStage();
    const { alice, publish } = stage;
    await publish('t-1');
    const failing = expect(alice).toReceiveEvent('ticket-purchased', { ticketId: 't-9' });
    await expect(failing).rejects.toMatchObject({
      ...{ expected: { ticketId: 't-9' }, actual: { ticketId: 't-1' } },
    });
  });

  it('refuse what is no tester', async () => {
    await expect(expect('alice').toBeConnected()).rejects.toThrow(
      "Expected a WebSocketTester, got 'alice'.",
    );
    await expect(expect(null).not.toHaveRecovered()).rejects.toThrow(TypeError);
  });
});
