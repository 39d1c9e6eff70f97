import type { TestServer } from '@roomcast/realtime-testing';
import type { codecContract } from './codecContract.ts';
import type { CodecAnswer, CodecRequest } from './codecRequest.ts';
import type { PartResult } from './partResult.ts';

const nothing: PartResult = { passed: 0, failures: [], figures: {} };
let server: TestServer<typeof codecContract> | undefined;

/** Each loads what it needs: where the browser's entries are in force, some have nothing to write with. */
async function perform(request: CodecRequest): Promise<CodecAnswer> {
  if (request.do === 'refuse bombs') {
    const { refuseBombs } = await import('./refuseBombs.ts');
    return refuseBombs(request);
  }
  if (request.do === 'read damaged') {
    const { readDamaged } = await import('./readDamaged.ts');
    return readDamaged(request);
  }
  if (request.do === 'compress') {
    const { measureCompression } = await import('./compressionBlocks.ts');
    return measureCompression(request);
  }
  const { measurePublishing, startPublishedServer } = await import('./publishBlocks.ts');
  if (request.do === 'publish') {
    return server ? measurePublishing(server, request) : nothing;
  }
  server = await startPublishedServer();
  return { ...nothing, port: server.port };
}

process.on('message', async (request: CodecRequest) => process.send?.(await perform(request)));
// Nobody is left to ask for anything.
process.on('disconnect', () => process.exit());
