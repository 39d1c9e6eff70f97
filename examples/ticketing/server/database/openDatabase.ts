import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { selectOne } from './rows.ts';
import { schema, schemaVersion } from './schema.ts';
import { seed } from './seed.ts';
import { transaction } from './transaction.ts';

/**
 * Opens the shop's database, and makes and fills it where it is new.
 *
 * @param path - a file, or `:memory:` for one that ends with the process
 * @param now - the moment that the seeded dates count from
 */
export function openDatabase(path: string, now: Date = new Date()): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path);
  try {
    database.exec(
      'PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000',
    );
    transaction(database, () => prepare(database, path, now));
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function prepare(database: DatabaseSync, path: string, now: Date): void {
  const version = selectOne<{ user_version: number }>(database, 'PRAGMA user_version');
  if (version?.user_version === schemaVersion) return;
  if (version?.user_version !== 0) {
    throw new Error(
      `The database ${path} has the schema of another version of this example. ` +
        'Delete the file, or name another one in TICKETING_DB.',
    );
  }
  database.exec(schema);
  seed(database, now);
  database.exec(`PRAGMA user_version = ${schemaVersion}`);
}
