// A worker without sockets: publishes `event:keyId:text` to the chat, each twice under one key of
// idempotency, as after an answer that was lost.
import { createBroadcaster } from '@roomcast/realtime-broadcaster';
import { createRedisBroker } from '@roomcast/realtime-redis';
import { sealedContract, sealedKeys } from './sealedContract.ts';

const [, , url = '', ...publications] = process.argv;

await using broker = createRedisBroker({ url });
await broker.ready();
let id = '';
const keys = () => ({ id, key: sealedKeys[id] ?? new Uint8Array() });
const chat = createBroadcaster(sealedContract, broker, { keys }).to('chat', { chatId: '1' });
for (const [index, publication] of publications.entries()) {
  const [event = '', keyId = '', text = ''] = publication.split(':');
  id = keyId;
  const once = { idempotencyKey: `once-${index}` };
  const first = await chat.emit(event as 'said', { text }, once);
  const again = await chat.emit(event as 'said', { text }, once);
  if (first.position.offset !== again.position.offset) throw new Error('Published twice.');
}
