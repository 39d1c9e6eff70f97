import { createServer } from 'node:http';
import type { Publisher, PublishResult } from '@roomcast/realtime-contract';
import {
  broadcastWebhookEvent,
  setDefaultBroadcaster,
  type TicketingBroadcaster,
  type WebhookEventType,
  WebSocketBroadcaster,
} from '../index.ts';
import { createWebhookReceiver, signWebhook } from './index.ts';

declare const publisher: Publisher;
declare const fromOutside: { type: string; data: unknown };

const broadcaster = new WebSocketBroadcaster(publisher);

// Broadcasting: what comes from outside need not be narrowed first.
broadcastWebhookEvent(fromOutside.type, fromOutside.data) satisfies Promise<PublishResult>;
broadcastWebhookEvent('ticket.purchased', {}, broadcaster, { idempotencyKey: 'msg_1' });
'balance.updated' satisfies WebhookEventType;
'ticket-purchased' satisfies WebhookEventType;
// @ts-expect-error no webhook reports a heartbeat
'heartbeat' satisfies WebhookEventType;
// @ts-expect-error the type is text
broadcastWebhookEvent(1, {});
// @ts-expect-error the data is missing
broadcastWebhookEvent('ticket.purchased');
// @ts-expect-error a publisher is no broadcaster
broadcastWebhookEvent('ticket.purchased', {}, publisher);

// The default: a broadcaster, anything with its methods, or none.
setDefaultBroadcaster(broadcaster);
setDefaultBroadcaster({ ...({} as TicketingBroadcaster) });
setDefaultBroadcaster(null);
// @ts-expect-error removed with null, not by forgetting the argument
setDefaultBroadcaster();

// Receiving
const receiver = createWebhookReceiver({ secrets: ['whsec_'], broadcaster });
createServer(receiver.node);
receiver.fetch(new Request('https://shop.test')) satisfies Promise<Response>;
const { receive } = receiver;
receive({ headers: { 'webhook-id': 'a' }, rawBody: new Uint8Array() });
createWebhookReceiver({ secrets: ['whsec_'] });
// @ts-expect-error a receiver without secrets would verify nothing
createWebhookReceiver({ broadcaster });
// @ts-expect-error several secrets, for rotation
createWebhookReceiver({ secrets: 'whsec_' });
// @ts-expect-error the body is bytes, not a text that may have been written anew
receive({ headers: {}, rawBody: '{}' });

// Sending
const headers = signWebhook({ secret: 'whsec_', id: 'msg_1', body: '{}', timestamp: new Date() });
headers['webhook-signature'] satisfies string;
new Request('https://shop.test', { headers });
// @ts-expect-error the id is missing
signWebhook({ secret: 'whsec_', body: '{}' });
