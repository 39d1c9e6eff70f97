import { join } from 'node:path';
import { build } from 'vite';
import { pollingNotice } from './server/pollingNotice.ts';
import { foreignProxy } from './server/proxy/foreignProxy.ts';
import { startProxy } from './server/proxy/startProxy.ts';
import { readSettings } from './server/settings.ts';
import { startCluster } from './server/startCluster.ts';

try {
  const settings = readSettings(process.env);
  // The pages first: they are small, and old ones would be worse than a second of waiting.
  for (const example of ['ticketing', 'cluster']) {
    const configFile = join(import.meta.dirname, '..', example, 'vite.config.ts');
    await build({ configFile, logLevel: 'warn' });
  }
  console.log(
    ['Starting Redis, three nodes and the seller.', ...pollingNotice(settings)].join('\n'),
  );
  const cluster = await startCluster({
    ...settings,
    startProxy: settings.startsProxy ? startProxy : foreignProxy,
  });
  console.log(`Front Row is open: ${cluster.shopUrl}`);
  console.log(`Kill a node or Redis: ${cluster.controlUrl}`);
  const stop = () => {
    // A second signal finds no handler and ends the process at once.
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    console.log('Closing: seller, proxy, nodes, Redis.');
    void cluster[Symbol.asyncDispose]();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
