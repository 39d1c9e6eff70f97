import type { Part } from '@roomcast/realtime-processes';
import type { TestServer } from '@roomcast/realtime-testing';
import type { codecContract } from './codecContract.ts';
import type { Damaged, Timed } from './codecRequests.ts';
import type { PartResult } from './partResult.ts';

/** A process that does nothing but what it is asked, so that its time and memory are that. */
export type CodecPart = Part & {
  refuseBombs(request: Timed): Promise<PartResult>;
  readDamaged(request: Damaged): Promise<PartResult>;
  compress(request: Timed): Promise<PartResult>;
  /** Starts the server that `publish` publishes on. @returns its port */
  listen(): Promise<number>;
  publish(request: Timed): Promise<PartResult>;
};

/** Each loads what it needs: where the browser's entries are in force, some have nothing to write with. */
export function createPart(): CodecPart {
  let server: TestServer<typeof codecContract> | undefined;
  return {
    refuseBombs: async (request) => (await import('./refuseBombs.ts')).refuseBombs(request),
    readDamaged: async (request) => (await import('./readDamaged.ts')).readDamaged(request),
    compress: async (request) =>
      (await import('./compressionBlocks.ts')).measureCompression(request),
    async listen() {
      const { startPublishedServer } = await import('./publishBlocks.ts');
      server = await startPublishedServer();
      return server.port;
    },
    async publish(request) {
      if (!server) throw new Error('Call `listen` first.');
      return (await import('./publishBlocks.ts')).measurePublishing(server, request);
    },
  };
}
