import type { DatabaseSync } from 'node:sqlite';
import type { Message } from '../../shared/message.ts';
import { selectAll } from '../database/rows.ts';
import { transaction } from '../database/transaction.ts';
import { getEvent } from './events.ts';
import { getUser } from './users.ts';

const maxMessages = 50;

interface MessageRow {
  id: number;
  author_id: string;
  author_name: string;
  text: string;
  at: string;
}

/** The latest comments on an event, newest first. @throws MarketplaceError `EVENT_NOT_FOUND` */
export function listMessages(database: DatabaseSync, eventId: string): Message[] {
  getEvent(database, eventId);
  const rows = selectAll<MessageRow>(
    database,
    `SELECT messages.*, users.name AS author_name
     FROM messages JOIN users ON users.id = author_id
     WHERE event_id = :eventId ORDER BY messages.id DESC LIMIT ${maxMessages}`,
    { eventId },
  );
  return rows.map((row) => ({
    id: String(row.id),
    author: { id: row.author_id, name: row.author_name },
    text: row.text,
    at: row.at,
  }));
}

/** Keeps a comment. @throws MarketplaceError `EVENT_NOT_FOUND`, `USER_NOT_FOUND` */
export function postMessage(
  database: DatabaseSync,
  draft: { readonly eventId: string; readonly authorId: string; readonly text: string },
  now: Date = new Date(),
): Message {
  return transaction(database, () => {
    getEvent(database, draft.eventId);
    const author = getUser(database, draft.authorId);
    const at = now.toISOString();
    const { lastInsertRowid } = database
      .prepare(
        'INSERT INTO messages (event_id, author_id, text, at) VALUES (:eventId, :authorId, :text, :at)',
      )
      .run({ ...draft, at });
    return { id: String(lastInsertRowid), author, text: draft.text, at };
  });
}
