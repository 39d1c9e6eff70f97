import type { DatabaseSync } from 'node:sqlite';
import type { Inbox, Notification } from '../../shared/notification.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { getUser } from './users.ts';

const maxListed = 20;
const maxKept = 200;

/** A notification and whose it is. */
export interface SentNotification extends Notification {
  readonly userId: string;
}

type Draft = Pick<SentNotification, 'userId' | 'type' | 'title' | 'message'>;

/** Keeps a notification; of each user's only the latest stay. @throws MarketplaceError `USER_NOT_FOUND` */
export function addNotification(
  database: DatabaseSync,
  { userId, type, title, message }: Draft,
  now: Date = new Date(),
): SentNotification {
  return transaction(database, () => {
    getUser(database, userId);
    const at = now.toISOString();
    const { lastInsertRowid } = database
      .prepare(
        `INSERT INTO notifications (user_id, type, title, message, at)
         VALUES (:userId, :type, :title, :message, :at)`,
      )
      .run({ userId, type, title, message, at });
    database
      .prepare(
        `DELETE FROM notifications WHERE user_id = :userId AND id <= (
           SELECT id FROM notifications WHERE user_id = :userId
           ORDER BY id DESC LIMIT 1 OFFSET ${maxKept})`,
      )
      .run({ userId });
    return { id: Number(lastInsertRowid), userId, type, title, message, at, isRead: false };
  });
}

/** What a user was told last. */
export function getInbox(database: DatabaseSync, userId: string): Inbox {
  const rows = selectAll<Omit<Notification, 'isRead'> & { is_read: number }>(
    database,
    `SELECT id, type, title, message, at, is_read FROM notifications
     WHERE user_id = :userId ORDER BY id DESC LIMIT ${maxListed}`,
    { userId },
  );
  const count = selectOne<{ unread: number }>(
    database,
    'SELECT count(*) AS unread FROM notifications WHERE user_id = :userId AND is_read = 0',
    { userId },
  );
  return {
    notifications: rows.map(({ is_read, ...row }) => ({ ...row, isRead: is_read === 1 })),
    unread: count?.unread ?? 0,
  };
}

/** Marks everything up to one notification as read: what came after it was not seen yet. */
export function markRead(database: DatabaseSync, userId: string, upToId: number): Inbox {
  return transaction(database, () => {
    database
      .prepare('UPDATE notifications SET is_read = 1 WHERE user_id = :userId AND id <= :upToId')
      .run({ userId, upToId });
    return getInbox(database, userId);
  });
}
