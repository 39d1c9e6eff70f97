import type { DatabaseSync } from 'node:sqlite';
import { selectOne } from '../server/database/rows.ts';
import { changes } from '../server/shop/changes.ts';
import type { Shop } from '../server/shop/createShop.ts';
import type { Sale } from '../server/shop/outcome.ts';

/** Sells a free seat to the regular who has most money; null where nobody can pay for one. */
export async function sellNextSeat(database: DatabaseSync, shop: Shop): Promise<Sale | null> {
  const order = selectOne<{ ticketId: string; buyerId: string }>(
    database,
    `SELECT tickets.id AS ticketId, users.id AS buyerId
     FROM tickets JOIN users ON users.role = 'regular' AND balance_cents >= price_cents
     WHERE owner_id IS NULL
     ORDER BY event_id, row, number, balance_cents DESC LIMIT 1`,
  );
  return order ? shop.apply(changes.buy(order)) : null;
}
