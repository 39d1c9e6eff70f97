import { setTimeout } from 'node:timers/promises';
import type { RemoteCalls } from '@roomcast/realtime-processes';
import type { PeerServer } from './peerServer.ts';

/** Waits until a server knows of no client any more: the next round must not pay for this one. */
export async function whenEmpty(
  { connections }: RemoteCalls<PeerServer>,
  timeoutMs: number,
): Promise<void> {
  const startedAtMs = performance.now();
  for (let count = await connections(); count > 0; count = await connections()) {
    if (performance.now() - startedAtMs > timeoutMs) {
      throw new Error(`After ${timeoutMs} ms the server still has ${count} clients.`);
    }
    await setTimeout(10);
  }
}
