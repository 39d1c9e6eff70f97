import type { DatabaseSync } from 'node:sqlite';
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { ActionError } from '@roomcast/realtime-contract';
import { type EventContract, eventContract } from '@roomcast/realtime-contract/event-contract';
import type { ActionHandler } from '@roomcast/realtime-server';
import { MarketplaceError } from '../marketplace/marketplaceError.ts';
import { postMessage } from '../marketplace/messages.ts';

/** The handler of `send-message`: keeps the comment, then publishes it to the event's room. */
export function createSendMessage(
  database: DatabaseSync,
): ActionHandler<EventContract, 'send-message'> {
  return async ({ eventId, message }, { session, publisher }) => {
    if (!session.user) throw new Error('A guest reached an action that is for users.');
    const authorId = session.user.id;
    const posted = keep(database, { eventId, authorId, text: message });
    await createBroadcaster(eventContract, publisher).to('event', { eventId }).emit('new-message', {
      eventId,
      messageId: posted.id,
      userId: authorId,
      message: posted.text,
      timestamp: posted.at,
    });
    return { messageId: posted.id, timestamp: posted.at };
  };
}

function keep(database: DatabaseSync, draft: Parameters<typeof postMessage>[1]) {
  try {
    return postMessage(database, draft);
  } catch (error) {
    if (error instanceof MarketplaceError && error.code === 'EVENT_NOT_FOUND') {
      throw new ActionError('EVENT_NOT_FOUND', error.message);
    }
    throw error;
  }
}
