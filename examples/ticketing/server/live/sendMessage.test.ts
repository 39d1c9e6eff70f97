import type { PublicationInput } from '@roomcast/realtime-contract';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { listMessages } from '../marketplace/messages.ts';
import { createSendMessage } from './sendMessage.ts';

const position = { epoch: 'e', offset: 1, revision: 0 };
const eventId = 'keepers-map';
const { signal } = new AbortController();
const session = { id: 'session', user: { id: 'ada' }, dialect: 'framed' } as const;
const call = { session, signal, idempotencyKey: null, retry: false };

function fail(error: unknown): never {
  throw error;
}

it('keeps a comment before it tells the event of it', async () => {
  using database = openDatabase(':memory:');
  const publish = vi.fn(async (_input: PublicationInput) => {
    expect(listMessages(database, eventId).map(({ text }) => text)).toEqual(['Is there a bar?']);
    return { position };
  });
  const receipt = await createSendMessage(database, fail)(
    { eventId, message: 'Is there a bar?' },
    { ...call, publisher: { publish } },
  );
  expect(publish).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      room: 'event-keepers-map',
      event: 'new-message',
      payload: expect.objectContaining({
        ...{ eventId, userId: 'ada', message: 'Is there a bar?' },
        messageId: receipt.messageId,
      }),
    }),
  );
  expect(listMessages(database, eventId)[0]).toMatchObject({
    ...{ id: receipt.messageId, at: receipt.timestamp },
    author: { name: 'Ada Okafor' },
  });
});

it('refuses a comment on an unknown event with the declared code', async () => {
  using database = openDatabase(':memory:');
  const publish = vi.fn(async () => ({ position }));
  const answer = createSendMessage(database, fail)(
    { eventId: 'nowhere', message: 'Hello?' },
    { ...call, publisher: { publish } },
  );
  await expect(answer).rejects.toMatchObject({ name: 'ActionError', code: 'EVENT_NOT_FOUND' });
  expect(publish).not.toHaveBeenCalled();
});

it('accepts a comment that was kept and could not be published, and reports why', async () => {
  using database = openDatabase(':memory:');
  const refusal = new Error('The log is full.');
  const publish = vi.fn(() => Promise.reject(refusal));
  const onError = vi.fn();
  const receipt = await createSendMessage(database, onError)(
    { eventId, message: 'Hello?' },
    { ...call, publisher: { publish } },
  );
  expect(listMessages(database, eventId)[0]?.id).toBe(receipt.messageId);
  expect(onError.mock.calls).toEqual([[refusal]]);
});
