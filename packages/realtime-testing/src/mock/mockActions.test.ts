import { createOutbox } from '@roomcast/realtime-client';
import { ActionError, RoomcastError } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openMock } from '../fakes/openMock.ts';

const purchase = eventContract.events['ticket-purchased'].example;
const receipt = { messageId: 'm-1', timestamp: purchase.timestamp };
const message = { eventId: '42', message: 'Hello' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('an action', () => {
  it('is answered with an output, and kept', async () => {
    const { mock } = await openMock({ user: 'alice' });
    mock.answer('send-message', receipt);
    await expect(mock.client.call('send-message', message)).resolves.toEqual(receipt);
    expect(mock.calls).toEqual([
      { action: 'send-message', input: message, idempotencyKey: expect.any(String) },
    ]);
  });

  it('is answered by a function, which may publish in its name', async () => {
    const { mock } = await openMock({ user: 'alice' });
    const order: string[] = [];
    mock.client.on('new-message', ({ message: text }, { causedBy }) =>
      order.push(`${text} ${causedBy}`),
    );
    mock.answer('send-message', ({ message: text }, { user, publish }) => {
      const posted = eventContract.events['new-message'].example;
      publish('new-message', { ...posted, userId: user ?? '', message: text });
      return receipt;
    });
    await mock.client.call('send-message', message, { idempotencyKey: 'k-1' });
    expect(order).toEqual(['Hello k-1']);
  });

  it.each([
    ['given', () => new ActionError('EVENT_NOT_FOUND')],
    ['returned', () => () => new ActionError('EVENT_NOT_FOUND')],
    [
      'thrown',
      () => () => {
        throw new ActionError('EVENT_NOT_FOUND');
      },
    ],
  ] as const)('is refused by a declared refusal that is %s', async (_, answer) => {
    const { mock } = await openMock({ user: 'alice' });
    mock.answer('send-message', answer() as never);
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      ...{ name: 'ActionError', code: 'EVENT_NOT_FOUND' },
    });
  });

  it('may be refused by the server itself', async () => {
    const { mock } = await openMock({ user: 'alice' });
    mock.answer('send-message', new RoomcastError('LIMIT_EXCEEDED', 'Too many.'));
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it.each([
    [
      'throws a refusal of the server',
      () => {
        throw new RoomcastError('LIMIT_EXCEEDED', 'Too many.');
      },
      'Too many.',
    ],
    [
      'gives a refusal of the server',
      () => new RoomcastError('LIMIT_EXCEEDED', 'Too many.'),
      'Too many.',
    ],
    [
      'throws',
      () => {
        throw new Error('a bug');
      },
      'a bug',
    ],
    ['gives an undeclared refusal', () => new ActionError('SOLD_OUT'), 'SOLD_OUT'],
    ['gives an output that does not fit', () => ({ messageId: 7 }), 'messageId'],
  ])('fails where its answer %s, and says so', async (_, answer, text) => {
    const { mock } = await openMock({ user: 'alice' });
    mock.answer('send-message', answer as never);
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'ACTION_FAILED',
      message: expect.stringContaining(text),
    });
  });

  it('cannot be given an output that does not fit', async () => {
    const { mock } = await openMock();
    expect(() => mock.answer('send-message', { messageId: 7 } as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_PAYLOAD' }),
    );
    expect(() => mock.answer('send' as never, receipt as never)).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_EVENT' }),
    );
  });

  it('has no answer before it is given one, and says what to do', async () => {
    const { mock } = await openMock({ user: 'alice' });
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'UNKNOWN_EVENT',
      message: expect.stringContaining("mock.answer('send-message'"),
    });
  });

  it('is refused for a guest, and for an input that does not fit', async () => {
    const guest = await openMock();
    const { mock } = await openMock({ user: 'alice' });
    await expect(guest.mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    await expect(
      mock.client.call('send-message', { ...message, message: 7 as never }),
    ).rejects.toMatchObject({ code: 'INVALID_PAYLOAD' });
    expect(mock.calls).toEqual([]);
  });

  it('is done once for a key, and never for another input', async () => {
    const { mock } = await openMock({ user: 'alice' });
    const answer = vi.fn(() => receipt);
    mock.answer('send-message', answer);
    const idempotencyKey = 'k-1';
    const call = () => mock.client.call('send-message', message, { idempotencyKey });
    await Promise.all([call(), call()]);
    await call();
    expect(answer).toHaveBeenCalledTimes(1);
    const other = { ...message, message: 'Other' };
    await expect(mock.client.call('send-message', other, { idempotencyKey })).rejects.toMatchObject(
      { code: 'IDEMPOTENCY_CONFLICT' },
    );
  });

  it('is done again for a key where it failed', async () => {
    const { mock } = await openMock({ user: 'alice' });
    const idempotencyKey = 'k-1';
    const call = () => mock.client.call('send-message', message, { idempotencyKey });
    await expect(call()).rejects.toMatchObject({ code: 'UNKNOWN_EVENT' });
    mock.answer('send-message', receipt);
    await expect(call()).resolves.toEqual(receipt);
  });

  it('waits in an outbox while there is no connection', async () => {
    const outbox = createOutbox({ actions: ['send-message'] });
    const { mock } = await openMock({ user: 'alice', outbox });
    mock.answer('send-message', receipt);
    mock.disconnect();
    const answer = mock.client.call('send-message', message);
    await mock.settled();
    expect(mock.calls).toEqual([]);
    mock.reconnect();
    await expect(answer).resolves.toEqual(receipt);
  });

  it('has an unknown outcome where the connection is lost before the answer', async () => {
    const { mock } = await openMock({ user: 'alice' });
    mock.answer('send-message', async () => {
      mock.disconnect();
      return receipt;
    });
    await expect(mock.client.call('send-message', message)).rejects.toMatchObject({
      code: 'CONNECTION_LOST',
    });
  });
});
