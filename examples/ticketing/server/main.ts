import { replayNotice } from './replay/replayNotice.ts';
import { readSettings } from './settings.ts';
import { startTicketing } from './startTicketing.ts';

try {
  const settings = readSettings(process.env);
  const ticketing = await startTicketing(settings);
  console.log([`Front Row is open: ${ticketing.url}`, ...replayNotice(settings)].join('\n'));
  const stop = () => {
    // A second signal finds no handler and ends the process at once.
    process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop);
    void ticketing.close();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
