// A process without sockets. It sells seats to regulars, and every page of the shop sees it.
import { setTimeout } from 'node:timers/promises';
import { openDatabase } from '../server/database/openDatabase.ts';
import { openRedisBroker } from '../server/live/openRedisBroker.ts';
import { readSettings } from '../server/settings.ts';
import { createShop } from '../server/shop/createShop.ts';
import { readOrders } from './readOrders.ts';
import { sellNextSeat } from './sellNextSeat.ts';

try {
  const { count, everyMs } = readOrders(process.argv.slice(2));
  const { redisUrl, database: file } = readSettings(process.env);
  if (!redisUrl) {
    throw new Error('Expected REDIS_URL, the one that the shop was started with too.');
  }
  await using publisher = await openRedisBroker(redisUrl);
  using database = openDatabase(file);
  const onError = (error: unknown) => console.error('Not announced:', error);
  const shop = createShop({ database, publisher, onError });
  for (let sold = 0; sold < count; sold += 1) {
    if (sold > 0) await setTimeout(everyMs);
    const sale = await sellNextSeat(database, shop);
    if (!sale) throw new Error('No regular can pay for a seat that is free.');
    const { seat, eventTitle, buyer } = sale.purchase;
    console.log(`Seat ${seat} of ${eventTitle} is ${buyer.name}'s.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
