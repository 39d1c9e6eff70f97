import { readFile } from 'node:fs/promises';
import { signWebhook } from '@roomcast/realtime-broadcaster/webhooks';
import { expect, it } from 'vitest';
import { openDatabase } from '../server/database/openDatabase.ts';
import { createShop } from '../server/shop/createShop.ts';
import { createWebhooks } from '../server/webhooks/createWebhooks.ts';
import { makeWebhookSecret } from '../server/webhooks/webhookSecret.ts';
import { generateDay } from './generateDay.ts';
import { readRecordedDay, recordedDayFile, writeDeliveries } from './recordedDelivery.ts';

it('makes exactly the day that is kept', async () => {
  const kept = await readFile(recordedDayFile, 'utf8');
  // Not with a comparison of its own: a difference would print hundreds of lines.
  expect(writeDeliveries(generateDay()) === kept, 'run `pnpm generate-day`').toBe(true);
});

it('is several hundred deliveries of every kind in a quarter of an hour', async () => {
  const day = await readRecordedDay();
  expect(day.length).toBeGreaterThanOrEqual(400);
  expect(new Set(day.map(({ type }) => type)).size).toBe(8);
  expect(day.at(-1)?.atMs).toBeGreaterThan(15 * 60_000);
  expect(day.at(-1)?.atMs).toBeLessThan(20 * 60_000);
  const times = day.map(({ atMs }) => atMs);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

it('shows something of every kind within the first minute', async () => {
  const day = await readRecordedDay();
  const soon = day.filter(({ atMs }) => atMs < 60_000).map(({ type }) => type);
  expect(new Set(soon).size).toBe(8);
});

it('is accepted from beginning to end by a shop that is newly seeded', async () => {
  using database = openDatabase(':memory:');
  const secret = makeWebhookSecret();
  const position = { epoch: 'e', offset: 1, revision: 0 };
  const publisher = { publish: async () => ({ position }) };
  const webhooks = createWebhooks(createShop({ database, publisher, onError: () => {} }), secret);
  const answers = new Map<number, number>();
  for (const [index, { type, data }] of (await readRecordedDay()).entries()) {
    const body = JSON.stringify({ type, data });
    const headers = signWebhook({ secret, id: `day_${index}`, body });
    const rawBody = new TextEncoder().encode(body);
    const { status } = await webhooks.receive({ headers, rawBody });
    answers.set(status, (answers.get(status) ?? 0) + 1);
  }
  expect(Object.fromEntries(answers)).toEqual({ 200: 400 });
  const counts = (table: string) =>
    database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count;
  expect(counts('deliveries')).toBe(400);
});
