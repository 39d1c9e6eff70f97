// Encryption
export type { KeyedRoom, SealingKey, SealingKeys } from '@roomcast/realtime-contract/encryption';
// Any contract
export {
  type Broadcaster,
  type BroadcasterArgs,
  type BroadcasterOptions,
  type BroadcastTarget,
  createBroadcaster,
} from './createBroadcaster.ts';
// Webhooks; their receiver is in the subpath /webhooks
export { broadcastWebhookEvent } from './webhooks/broadcastWebhookEvent.ts';
export { setDefaultBroadcaster } from './webhooks/defaultBroadcaster.ts';
export type { WebhookEventType } from './webhooks/webhookEvents.ts';
// The ready ticketing contract
export {
  type Announcement,
  type EventUpdates,
  type MarketQuote,
  type PostedMessage,
  type TicketingBroadcaster,
  type TicketPurchase,
  type TicketTransfer,
  type UserNotification,
  WebSocketBroadcaster,
  type WebSocketBroadcasterOptions,
} from './webSocketBroadcaster.ts';
