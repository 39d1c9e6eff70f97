import { defineContract } from '@roomcast/realtime-contract';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TesterTarget } from '../server/testServer.ts';
import { WebSocketTester } from '../tester/webSocketTester.ts';
import './index.ts';

const contract = defineContract({
  version: '1.0',
  rooms: {
    event: { template: 'event-{eventId}', access: 'public' },
    global: { template: 'global' },
  },
  events: {
    sold: {
      room: 'event',
      payload: z.object({ seat: z.string(), buyer: z.object({ id: z.string() }) }),
      delivery: 'reliable',
      example: { seat: 'C12', buyer: { id: 'alice' } },
    },
  },
});

declare const target: TesterTarget<typeof contract>;

const tester = new WebSocketTester(target);

export async function events(): Promise<void> {
  await expect(tester).toReceiveEvent('sold');
  await expect(tester).toReceiveEvent('sold', { buyer: { id: 'alice' } }, { timeoutMs: 100 });
  await expect(tester).not.toReceiveEvent('sold', { seat: expect.any(String) });
  // @ts-expect-error no event of that name
  await expect(tester).toReceiveEvent('slod');
  // @ts-expect-error the field is text
  await expect(tester).toReceiveEvent('sold', { seat: 12 });
  // @ts-expect-error no field of that name
  await expect(tester).toReceiveEvent('sold', { saet: 'C12' });
  // @ts-expect-error not a tester
  await expect('tester').toReceiveEvent('sold');
}

export async function states(): Promise<void> {
  await expect(tester).toHaveJoined('event', { eventId: '42' });
  await expect(tester).not.toHaveJoined('global');
  // @ts-expect-error the parameters are missing
  await expect(tester).toHaveJoined('event');
  // @ts-expect-error no room of that kind
  await expect(tester).toHaveJoined('evnt', { eventId: '42' });
  await expect(tester).toBeConnected({ timeoutMs: 100 });
  await expect(tester).toHaveRecovered();
  // @ts-expect-error no option of that name
  await expect(tester).toHaveRecovered({ timeout: 100 });
}
