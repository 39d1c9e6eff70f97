import type { DatabaseSync } from 'node:sqlite';
import { ActionError } from '@roomcast/realtime-contract';
import type { ActionHandler } from '@roomcast/realtime-server';
import type { ShopContract } from '../../shared/shopContract.ts';
import { MarketplaceError } from '../marketplace/marketplaceError.ts';
import { changes } from '../shop/changes.ts';
import { createShop } from '../shop/createShop.ts';

/**
 * The handler of `send-message`: keeps the comment, then publishes it to the event's room.
 *
 * @param onError - hears of a comment that was kept and could not be published
 */
export function createSendMessage(
  database: DatabaseSync,
  onError: (error: unknown) => void,
): ActionHandler<ShopContract, 'send-message'> {
  return async ({ eventId, message: text }, { session, publisher }) => {
    if (!session.user) throw new Error('A guest reached an action that is for users.');
    const shop = createShop({ database, publisher, onError });
    const comment = changes.comment({ eventId, authorId: session.user.id, text });
    const { message } = await shop.apply(comment).catch(toActionError);
    return { messageId: message.id, timestamp: message.at };
  };
}

function toActionError(error: unknown): never {
  if (error instanceof MarketplaceError && error.code === 'EVENT_NOT_FOUND') {
    throw new ActionError('EVENT_NOT_FOUND', error.message);
  }
  throw error;
}
