// A worker without sockets: publishes purchases to the event 42, and says where each stands.
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import { createRedisBroker } from '@roomcast/realtime-redis';

const [, , url = '', ...ticketIds] = process.argv;
const { example } = eventContract.events['ticket-purchased'];

await using broker = createRedisBroker({ url });
await broker.ready();
const event = createBroadcaster(eventContract, broker).to('event', { eventId: '42' });
for (const ticketId of ticketIds) {
  const { position } = await event.emit('ticket-purchased', { ...example, ticketId });
  process.stdout.write(`${position.offset}\n`);
}
