import { runChaos } from './command/runChaos.ts';
import { scenarios } from './scenarios.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());

process.exitCode = await runChaos(process.argv.slice(2), scenarios, {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: interrupted.signal,
  results: {
    directory: new URL('../../../docs/chaos/', import.meta.url),
    page: new URL('../../../docs/RELIABILITY.md', import.meta.url),
  },
});
