import type { DatabaseSync } from 'node:sqlite';
import type { User } from '../../shared/user.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { MarketplaceError } from './marketplaceError.ts';

/** Every customer, by name. */
export function listUsers(database: DatabaseSync): User[] {
  return selectAll<User>(
    database,
    "SELECT id, name FROM users WHERE role = 'customer' ORDER BY name",
  );
}

/** The customer. @throws MarketplaceError `USER_NOT_FOUND` */
export function getUser(database: DatabaseSync, id: string): User {
  const user = selectOne<User>(
    database,
    "SELECT id, name FROM users WHERE id = :id AND role = 'customer'",
    { id },
  );
  if (!user) throw new MarketplaceError('USER_NOT_FOUND', 'There is no such user.');
  return user;
}
