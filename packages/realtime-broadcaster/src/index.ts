// Any contract
export { type Broadcaster, type BroadcastTarget, createBroadcaster } from './createBroadcaster.ts';

// The ready ticketing contract
export {
  type Announcement,
  type EventUpdates,
  type MarketQuote,
  type TicketPurchase,
  type TicketTransfer,
  type UserNotification,
  WebSocketBroadcaster,
  type WebSocketBroadcasterOptions,
} from './webSocketBroadcaster.ts';
