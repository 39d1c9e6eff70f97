export { type EventContract, eventContract } from './eventContract.ts';
export {
  BalanceUpdated,
  EventUpdated,
  Heartbeat,
  MarketUpdate,
  MessagePosted,
  MessageReceipt,
  NewMessage,
  Notification,
  SystemAnnouncement,
  TicketPurchased,
  TicketTransferred,
} from './payloads.ts';
export { eventRooms } from './rooms.ts';
