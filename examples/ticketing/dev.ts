import { join } from 'node:path';
import { createServer } from 'vite';
import { replayNotice } from './server/replay/replayNotice.ts';
import { readSettings } from './server/settings.ts';
import { startTicketing } from './server/startTicketing.ts';

// Node restarts this process when a file of the server changes; Vite replaces changed parts of the
// page in place and hands API and socket on.
const settings = readSettings(process.env);
const ticketing = await startTicketing({ ...settings, port: 0 });
const vite = await createServer({
  configFile: join(import.meta.dirname, 'vite.config.ts'),
  // Not bundled into a temporary file, which would restart the process in turn.
  configLoader: 'native',
  server: {
    host: settings.host,
    port: settings.port,
    strictPort: true,
    proxy: {
      '/api': ticketing.url,
      '/webhooks': ticketing.url,
      '/socket.io': { target: ticketing.url, ws: true },
    },
  },
});
await vite.listen();
const opened = `Front Row is open for changes: http://${settings.host}:${settings.port}`;
console.log([opened, ...replayNotice(settings)].join('\n'));

const stop = () => {
  process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
  void vite.close().then(() => ticketing.close());
};
process.on('SIGINT', stop).on('SIGTERM', stop);
