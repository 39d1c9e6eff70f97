import type { DatabaseSync } from 'node:sqlite';
import type { Announcement } from '../../shared/announcement.ts';
import { selectAll } from '../database/rows.ts';

const maxKept = 5;

/** Keeps an announcement; only the latest stay. */
export function addAnnouncement(
  database: DatabaseSync,
  { title, message, severity }: Pick<Announcement, 'title' | 'message' | 'severity'>,
  now: Date = new Date(),
): Announcement {
  const at = now.toISOString();
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO announcements (title, message, severity, at)
       VALUES (:title, :message, :severity, :at)`,
    )
    .run({ title, message, severity, at });
  const id = Number(lastInsertRowid);
  database.prepare('DELETE FROM announcements WHERE id <= :last').run({ last: id - maxKept });
  return { id, title, message, severity, at };
}

/** The latest announcements, newest first. */
export function listAnnouncements(database: DatabaseSync): Announcement[] {
  return selectAll<Announcement>(database, 'SELECT * FROM announcements ORDER BY id DESC');
}
