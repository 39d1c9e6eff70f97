import type { DatabaseSync } from 'node:sqlite';
import type { User } from '../../shared/user.ts';
import { selectAll, selectOne } from '../database/rows.ts';
import { MarketplaceError } from './marketplaceError.ts';

const canOwn = "role <> 'house'";

/** Everybody who can log in, by name. */
export function listUsers(database: DatabaseSync): User[] {
  return selectAll<User>(
    database,
    "SELECT id, name FROM users WHERE role = 'customer' ORDER BY name",
  );
}

/** Everybody who can own tickets, by name. */
export function listOwners(database: DatabaseSync): User[] {
  return selectAll<User>(database, `SELECT id, name FROM users WHERE ${canOwn} ORDER BY name`);
}

/** Somebody who can log in. @throws MarketplaceError `USER_NOT_FOUND` */
export function getCustomer(database: DatabaseSync, id: string): User {
  return getByRole(database, id, "role = 'customer'");
}

/** Somebody who can own tickets. @throws MarketplaceError `USER_NOT_FOUND` */
export function getUser(database: DatabaseSync, id: string): User {
  return getByRole(database, id, canOwn);
}

function getByRole(database: DatabaseSync, id: string, condition: string): User {
  const sql = `SELECT id, name FROM users WHERE id = :id AND ${condition}`;
  const user = selectOne<User>(database, sql, { id });
  if (!user) throw new MarketplaceError('USER_NOT_FOUND', 'There is no such user.');
  return user;
}
