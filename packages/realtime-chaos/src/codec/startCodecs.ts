import { type PartProcess, startProcess } from '@roomcast/realtime-processes';
import type { CodecPart } from './codecPart.ts';

/** @param entry - which of the entries of realtime-compression it reads with */
export function startCodecs(entry: 'node' | 'browser'): Promise<PartProcess<CodecPart>> {
  return startProcess<CodecPart>(new URL('codecPart.ts', import.meta.url), {
    nodeArgs: ['--expose-gc', ...(entry === 'browser' ? ['--conditions=browser'] : [])],
    // One thread that compresses beside the loop: with more, a machine of two cores takes the loop's
    // core from it, and that would count as blocked.
    env: { UV_THREADPOOL_SIZE: '1' },
  });
}
