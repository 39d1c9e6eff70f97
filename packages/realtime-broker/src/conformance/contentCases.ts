import { deepEqual, equal, ok } from 'node:assert/strict';
import type { BrokerCase } from './brokerCase.ts';

/** Every kind of JSON value, with text that breaks where bytes are taken for characters. */
const payloads: readonly unknown[] = [
  { nested: { list: [1, -0.5, 1e21, true, null, ''] }, empty: {} },
  ['Grüße, 東京 🎟️', 'quote " backslash \\ newline \n nul \u0000'],
  'text',
  0,
  false,
  null,
];

/** A clock of the store may differ from ours, but not by as much as another unit would. */
const clockToleranceMs = 60_000;

/** What of a publication arrives. */
export const contentCases: readonly BrokerCase[] = [
  {
    name: 'room, event, delivery and any JSON payload arrive as they were published',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      await context.publishEach(follower.room, payloads);
      const heard = await context.heardBy(follower);
      deepEqual(
        heard.map(({ payload }) => payload),
        payloads,
      );
      for (const { room, event, delivery } of heard) {
        deepEqual(
          { room, event, delivery },
          { room: follower.room, event: 'conformance-event', delivery: 'reliable' },
        );
      }
    },
  },
  {
    name: 'key and causedBy arrive where they were given and nowhere else',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      const extra = { key: 'ROOM 1', causedBy: 'call-1' };
      await context.publish(follower.room, 'with', { delivery: 'latest', ...extra });
      await context.publish(follower.room, 'without', { delivery: 'latest' });
      const [first, second] = await context.heardBy(follower, 'latest');
      deepEqual({ key: first?.key, causedBy: first?.causedBy }, extra);
      deepEqual(
        { key: second?.key, causedBy: second?.causedBy },
        { key: undefined, causedBy: undefined },
      );
    },
  },
  {
    name: 'publishedAtMs is the time of the publish in milliseconds',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      await context.publish(follower.room, 'now');
      const [publication] = await context.heardBy(follower);
      const publishedAtMs = publication?.publishedAtMs ?? Number.NaN;
      ok(
        Math.abs(publishedAtMs - Date.now()) < clockToleranceMs,
        `Expected \`publishedAtMs\` to be about ${Date.now()}, got ${publishedAtMs}.`,
      );
    },
  },
  {
    name: 'the idempotency key never reaches a follower',
    async run(context) {
      const follower = await context.follow(context.newRoom());
      await context.publish(follower.room, 'secret', { idempotencyKey: 'order-1' });
      const [publication] = await context.heardBy(follower);
      equal(publication && 'idempotencyKey' in publication, false);
    },
  },
];
