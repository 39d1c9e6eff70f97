import { createPublication } from '@roomcast/realtime-contract';
import type { Part } from '@roomcast/realtime-processes';
import { startTestServer } from '@roomcast/realtime-testing';
import { floodContract } from './floodContract.ts';

/** A server with the limits that it has by itself, in a process of its own. */
export type FloodedPart = Part & {
  /** @returns the port */
  listen(): Promise<number>;
};

export function createPart(): FloodedPart {
  return {
    async listen() {
      const server = await startTestServer(floodContract, {
        record: false,
        // Everybody says where it comes from.
        limits: { unlimitedAddresses: [], trustedProxies: ['loopback'] },
        actions: {
          echo: (text) => text,
          shout: async (text, { publisher }) => {
            const room = ['event', { eventId: '1' }] as const;
            await publisher.publish(createPublication(floodContract, [...room], 'shouted', text));
            return null;
          },
        },
      });
      return server.port;
    },
  };
}
