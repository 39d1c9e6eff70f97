import { openDatabase } from '@roomcast/example-ticketing/server/database/openDatabase';
import { MarketplaceError } from '@roomcast/example-ticketing/server/marketplace/marketplaceError';
import type { Shop } from '@roomcast/example-ticketing/server/shop/createShop';
import { expect, it, vi } from 'vitest';
import { Seller } from './seller.ts';

const position = { epoch: 'e', offset: 1, revision: 0 };
const perSecond = 1_000;

function open() {
  const deliver = vi.fn<Shop['deliver']>(async () => ({ position }));
  const database = openDatabase(':memory:');
  return { deliver, database, seller: new Seller(database, { deliver }) };
}

/** The ids under which trades were tried. */
const idsOf = ({ mock }: ReturnType<typeof open>['deliver']) => mock.calls.map(([id]) => id);

it('tries a trade that could not be told again under its id, before it does the next', async () => {
  const { deliver, database, seller } = open();
  deliver.mockRejectedValueOnce(new Error('Redis is away.'));
  seller.trade(perSecond);
  await vi.waitFor(() => expect(deliver.mock.calls.length).toBeGreaterThan(3));
  await seller.pause();
  const [first, second, ...others] = idsOf(deliver);
  expect(second).toBe(first);
  expect(new Set([first, ...others]).size).toBe(1 + others.length);
  database.close();
});

it('leaves a trade that somebody was faster with', async () => {
  const { deliver, database, seller } = open();
  deliver.mockRejectedValueOnce(new MarketplaceError('TICKET_SOLD', 'Seat A1 is already taken.'));
  seller.trade(perSecond);
  await vi.waitFor(() => expect(deliver.mock.calls.length).toBeGreaterThan(2));
  await seller.pause();
  const ids = idsOf(deliver);
  expect(new Set(ids).size).toBe(ids.length);
  database.close();
});

it('has told everything once it is paused, and goes on when it is asked to', async () => {
  const { deliver, database, seller } = open();
  const telling = Promise.withResolvers<{ position: typeof position }>();
  deliver.mockReturnValueOnce(telling.promise);
  seller.trade(perSecond);
  const onPaused = vi.fn();
  const paused = seller.pause().then(onPaused);
  await vi.waitFor(() => expect(deliver).toHaveBeenCalledTimes(1));
  expect(onPaused).not.toHaveBeenCalled();
  telling.resolve({ position });
  await paused;
  expect(deliver).toHaveBeenCalledTimes(1);
  seller.trade(perSecond);
  await vi.waitFor(() => expect(deliver.mock.calls.length).toBeGreaterThan(1));
  await seller.pause();
  database.close();
});
