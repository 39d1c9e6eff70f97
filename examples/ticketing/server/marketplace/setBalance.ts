import type { DatabaseSync } from 'node:sqlite';
import { currency as shopCurrency } from '../../shared/currency.ts';
import { transaction } from '../database/transaction.ts';
import { MarketplaceError } from './marketplaceError.ts';
import { toCents } from './money.ts';
import { getUser } from './users.ts';
import { getBalance } from './wallet.ts';

/** What a bank says that a user has now. */
export interface BalanceStatement {
  readonly userId: string;
  readonly balance: number;
  readonly currency?: string | undefined;
}

/** Takes the bank's word. @throws MarketplaceError `USER_NOT_FOUND`, `INVALID_AMOUNT` */
export function setBalance(
  database: DatabaseSync,
  { userId, balance, currency = shopCurrency }: BalanceStatement,
): { userId: string; balance: number } {
  return transaction(database, () => {
    getUser(database, userId);
    const cents = toCents(balance);
    if (currency !== shopCurrency || cents < 0 || !Number.isSafeInteger(cents)) {
      throw new MarketplaceError('INVALID_AMOUNT', `Balances are ${shopCurrency}, from 0 on.`);
    }
    database
      .prepare('UPDATE users SET balance_cents = :cents WHERE id = :userId')
      .run({ userId, cents });
    return { userId, balance: getBalance(database, userId) };
  });
}
