import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` so that all of its changes are kept, or none when it throws. Within another
 * transaction it becomes a part of that one.
 */
export function transaction<Result>(database: DatabaseSync, work: () => Result): Result {
  if (database.isTransaction) return work();
  // IMMEDIATE takes the write lock before anything is read, so what was read is still true at the write.
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
