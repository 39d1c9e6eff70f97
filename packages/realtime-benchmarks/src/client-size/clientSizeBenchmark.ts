import type { Benchmark } from '../benchmark.ts';
import { bundleSize } from './bundleSize.ts';
import { type Contender, contenders } from './contenders.ts';
import { summariseClientSize } from './summariseClientSize.ts';

/** What a page loads for its client. */
export const clientSizeBenchmark: Benchmark = {
  name: 'client-size',
  summary: 'a client bundled for browsers, minified and compressed; less is better',

  async run({ progress }) {
    const measure = (name: Contender) => {
      progress(contenders[name]);
      return bundleSize(new URL(`entries/${name}.ts`, import.meta.url));
    };
    return summariseClientSize({
      roomcast: await measure('roomcast'),
      roomcastReact: await measure('roomcastReact'),
      roomcastReactAll: await measure('roomcastReactAll'),
      socketIo: await measure('socketIo'),
      pusher: await measure('pusher'),
      centrifuge: await measure('centrifuge'),
      ably: await measure('ably'),
    });
  },
};
