import { expect, test } from 'vitest';
import * as broadcaster from './index.ts';
import * as webhooks from './webhooks/index.ts';

test('the package exports these values and no others', () => {
  expect(Object.keys(broadcaster)).toMatchInlineSnapshot(`
    [
      "createBroadcaster",
      "broadcastWebhookEvent",
      "setDefaultBroadcaster",
      "WebSocketBroadcaster",
    ]
  `);
});

test('the subpath webhooks exports these values and no others', () => {
  expect(Object.keys(webhooks)).toMatchInlineSnapshot(`
    [
      "createWebhookReceiver",
      "signWebhook",
    ]
  `);
});
