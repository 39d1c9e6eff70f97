import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { selectOne } from '../database/rows.ts';

const name = 'jwt-signing';

/**
 * The secret that tokens are signed with. It is made once and kept in the database, so that those
 * who are logged in stay so when the server starts again.
 */
export function getSigningSecret(database: DatabaseSync): string {
  database
    .prepare('INSERT OR IGNORE INTO secrets (name, value) VALUES (:name, :value)')
    .run({ name, value: randomBytes(32).toString('base64url') });
  const row = selectOne<{ value: string }>(
    database,
    'SELECT value FROM secrets WHERE name = :name',
    { name },
  );
  if (!row) throw new Error('The signing secret was not kept.');
  return row.value;
}
