import type { DatabaseSync } from 'node:sqlite';
import type { PublicationInput } from '@roomcast/realtime-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../database/openDatabase.ts';
import { getInbox } from '../marketplace/notifications.ts';
import { getBalance, getWallet } from '../marketplace/wallet.ts';
import { changes } from './changes.ts';
import { createShop, type Shop } from './createShop.ts';

const position = { epoch: 'e', offset: 1, revision: 0 };
const ticketId = 'night-ferry-F9';
const purchase = changes.buy({ ticketId, buyerId: 'ada' });
const publish = vi.fn(async (_input: PublicationInput) => ({ position }));
const onError = vi.fn();
let database: DatabaseSync;
let shop: Shop;

beforeEach(() => {
  vi.resetAllMocks();
  publish.mockImplementation(async () => ({ position }));
  database = openDatabase(':memory:');
  shop = createShop({ database, publisher: { publish }, onError });
});

afterEach(() => database.close());

/** The ids under which events were tried to be published. */
function keys(): (string | undefined)[] {
  return publish.mock.calls.map(([{ idempotencyKey }]) => idempotencyKey);
}

function state() {
  return { wallet: getWallet(database, 'ada'), inbox: getInbox(database, 'ada') };
}

describe('what a person does', () => {
  it('is in the database when the first screen hears of it', async () => {
    publish.mockImplementationOnce(async () => {
      expect(database.isTransaction).toBe(false);
      expect(getWallet(database, 'ada').tickets.map(({ id }) => id)).toContain(ticketId);
      return { position };
    });
    const { purchase: bought } = await shop.apply(purchase);
    expect(bought.balance).toBe(getBalance(database, 'ada'));
    expect(publish).toHaveBeenCalledTimes(3);
  });

  it('stays done when it cannot be told, which is reported', async () => {
    const failure = new Error('The log is full.');
    publish.mockRejectedValue(failure);
    await shop.apply(purchase);
    expect(state().wallet.tickets.map(({ id }) => id)).toContain(ticketId);
    expect(onError.mock.calls).toEqual([[failure]]);
  });

  it('changes and tells nothing when it is refused half-way', async () => {
    const before = state();
    database.exec(
      "CREATE TRIGGER fail BEFORE INSERT ON notifications BEGIN SELECT raise(ABORT, 'no'); END",
    );
    await expect(shop.apply(purchase)).rejects.toThrow('no');
    expect(state()).toEqual(before);
    expect(publish).not.toHaveBeenCalled();
  });
});

describe('a delivery', () => {
  it('changes and tells the same as a click, under keys of its own', async () => {
    await shop.deliver('d1', purchase);
    expect(state().wallet.tickets.map(({ id }) => id)).toContain(ticketId);
    expect(publish.mock.calls.map(([{ event }]) => event)).toEqual([
      ...['ticket-purchased', 'balance-updated', 'notification'],
    ]);
    expect(keys().every((key) => key?.startsWith('d1:'))).toBe(true);
  });

  it('that comes again changes and tells nothing', async () => {
    const first = await shop.deliver('d1', purchase);
    const after = state();
    publish.mockClear();
    expect(await shop.deliver('d1', purchase)).toEqual(first);
    expect(state()).toEqual(after);
    expect(publish).not.toHaveBeenCalled();
  });

  it('that could not be told is told by its retry, and changes nothing twice', async () => {
    publish.mockRejectedValueOnce(new Error('The log is full.'));
    await expect(shop.deliver('d1', purchase)).rejects.toThrow('The log is full.');
    const after = state();
    const triedKeys = keys();
    publish.mockClear();
    await shop.deliver('d1', purchase);
    expect(state()).toEqual(after);
    expect(keys()).toEqual(triedKeys);
  });

  it('is known to a server that was started meanwhile', async () => {
    publish.mockRejectedValueOnce(new Error('The server is going down.'));
    await expect(shop.deliver('d1', purchase)).rejects.toThrow();
    const after = state();
    const restarted = createShop({ database, publisher: { publish }, onError });
    await restarted.deliver('d1', purchase);
    expect(state()).toEqual(after);
  });

  it('that is refused leaves nothing behind, so it may be right later', async () => {
    const tooDear = changes.buy({ ticketId, buyerId: 'edie' });
    await expect(shop.deliver('d1', tooDear)).rejects.toMatchObject({
      code: 'INSUFFICIENT_BALANCE',
    });
    expect(publish).not.toHaveBeenCalled();
    await shop.apply(changes.setBalance({ userId: 'edie', balance: 100 }));
    await shop.deliver('d1', tooDear);
    expect(getBalance(database, 'edie')).toBe(62);
  });

  it('of a seat that a person was faster to buy is refused', async () => {
    await shop.apply(purchase);
    const late = changes.buy({ ticketId, buyerId: 'farid' });
    await expect(shop.deliver('d1', late)).rejects.toMatchObject({ code: 'TICKET_SOLD' });
    expect(getWallet(database, 'ada').tickets.map(({ id }) => id)).toContain(ticketId);
  });
});

describe('what was done and not told', () => {
  const later = () => new Date(Date.now() + 1_000);

  it('is told later, once, by a process that did not do it', async () => {
    publish.mockRejectedValue(new Error('The process was killed.'));
    await shop.apply(purchase);
    publish.mockReset().mockImplementation(async () => ({ position }));
    const other = createShop({ database, publisher: { publish }, onError });
    expect(await other.retell(later())).toBe(1);
    expect(publish.mock.calls.map(([{ event }]) => event)).toEqual([
      ...['ticket-purchased', 'balance-updated', 'notification'],
    ]);
    expect(await other.retell(later())).toBe(0);
    expect(publish).toHaveBeenCalledTimes(3);
  });

  it('is told under the keys of the first time, so that nobody hears it twice', async () => {
    publish.mockRejectedValue(new Error('Nobody knows whether it was published.'));
    await shop.apply(purchase);
    const triedKeys = keys();
    expect(new Set(triedKeys).size).toBe(3);
    publish.mockReset().mockImplementation(async () => ({ position }));
    await shop.retell(later());
    expect(keys()).toEqual(triedKeys);
  });

  it('is left alone while it may be on its way', async () => {
    publish.mockRejectedValue(new Error('The log is full.'));
    await shop.apply(purchase);
    publish.mockClear();
    expect(await shop.retell(new Date(Date.now() - 1_000))).toBe(0);
    expect(publish).not.toHaveBeenCalled();
  });

  it('stays for the next time when it cannot be told again', async () => {
    publish.mockRejectedValue(new Error('The log is full.'));
    await shop.apply(purchase);
    await expect(shop.retell(later())).rejects.toThrow('The log is full.');
    publish.mockImplementation(async () => ({ position }));
    expect(await shop.retell(later())).toBe(1);
  });
});

it('forgets deliveries after three days', async () => {
  await shop.deliver('old', changes.quote({ symbol: 'FERRY', price: 40, change: 1 }));
  database.exec("UPDATE deliveries SET at = '2026-01-01T00:00:00.000Z'");
  await shop.deliver('new', changes.quote({ symbol: 'FERRY', price: 41, change: 1 }));
  expect(database.prepare('SELECT id FROM deliveries').all()).toEqual([{ id: 'new' }]);
});
