import type { TransportName } from '@roomcast/realtime-client';
import type { Command } from 'commander';
import { option } from './option.ts';
import {
  parseBytes,
  parseCount,
  parseDurationMs,
  parsePerSecond,
  parsePositiveCount,
  parseShare,
} from './quantity.ts';

/** Gives a command all options of a load. */
export function addOptions(command: Command): Command {
  command.optionsGroup('Target:');
  addTarget(command);
  command.optionsGroup('Load:');
  addLoad(command);
  command.optionsGroup('Publishing:');
  addPublishing(command);
  command.optionsGroup('Report:');
  return addReport(command);
}

function addTarget(command: Command): Command {
  return command
    .addOption(option('--url <url>', 'where the server is: an origin without a path', parseOrigin))
    .addOption(option('--demo', 'start a Roomcast server for it, in a process of its own'))
    .addOption(
      option('--target <kind>', 'what the server is')
        .choices(['roomcast', 'socket.io'])
        .default('roomcast'),
    )
    .addOption(option('--path <path>', 'of its Socket.IO endpoint').default('/socket.io'))
    .addOption(option('--namespace <name>', 'of Socket.IO').default('/'))
    .addOption(
      option('--transports <list>', '`websocket`, `polling` or both', parseTransports).default(
        ['websocket'],
        'websocket',
      ),
    )
    .addOption(
      option(
        '--contract <file>',
        'module that exports the contract; the ticketing one if left out',
      ),
    )
    .addOption(option('--allow-remote', 'put load on a server that is not this machine'))
    .addOption(option('--token-env <name>', 'environment variable with the token of all'))
    .addOption(
      option(
        '--token-command <command>',
        'prints tokens, one a line; gets their number as REALTIME_LOAD_TOKENS',
      ).conflicts('tokenEnv'),
    );
}

function addLoad(command: Command): Command {
  return command
    .addOption(option('--connections <number>', 'how many', parsePositiveCount))
    .addOption(
      option('--ramp <rate>', 'how many connect a second', parsePerSecond).default(200, '200/s'),
    )
    .addOption(option('--room <name>', 'the room to join; {n} counts rooms from 1'))
    .addOption(
      option('--rooms <number>', 'how many; joined in turn', parsePositiveCount).default(1),
    )
    .addOption(option('--join-event <name>', 'socket.io: what is emitted to join'))
    .addOption(
      option('--join-input <json>', 'socket.io: its argument', parseJson).default(
        '{room}',
        '"{room}"',
      ),
    )
    .addOption(option('--acks', 'socket.io: wait for acknowledgements of joins and publications'))
    .addOption(option('--duration <time>', 'how long all are held', parseDurationMs))
    .addOption(
      option('--workers <number>', 'processes; one for 2,500 if left out', parsePositiveCount),
    )
    .addOption(
      option(
        '--settle <time>',
        'from the last join to the first publication',
        parseDurationMs,
      ).default(500, '500ms'),
    )
    .addOption(
      option('--drain <time>', 'the most to wait for what is on its way', parseDurationMs).default(
        5_000,
        '5s',
      ),
    );
}

function addPublishing(command: Command): Command {
  return command
    .addOption(
      option(
        '--rate <rate>',
        'publications over all rooms, such as 50/s; rate × duration are sent, at least 1',
        parsePerSecond,
      ),
    )
    .addOption(
      option('--payload <size>', 'how long the stamped text is, such as 1kb', parseBytes).default(
        0,
        'as long as the stamp',
      ),
    )
    .addOption(option('--publish-action <name>', 'call an action of the contract'))
    .addOption(option('--publish-event <name>', 'socket.io: emit an event'))
    .addOption(option('--publish-url <url>', 'POST to a URL', parseUrl))
    .addOption(
      option('--publish-input <json>', 'with {stamp} in a text; {room} and {n} too', parseJson),
    )
    .addOption(
      option('--webhook-secret-env <name>', 'environment variable that POSTs are signed with'),
    )
    .addOption(
      option('--publishers <number>', 'connections that publish', parsePositiveCount).default(1),
    );
}

function addReport(command: Command): Command {
  return command
    .addOption(option('--json <file>', 'writes the report as JSON'))
    .addOption(option('--html <file>', 'writes the report with charts, as one file'))
    .addOption(option('--max-p50 <time>', 'threshold of latency', parseDurationMs))
    .addOption(option('--max-p95 <time>', 'threshold of latency', parseDurationMs))
    .addOption(option('--max-p99 <time>', 'threshold of latency', parseDurationMs))
    .addOption(option('--max-loss <share>', 'such as 0 or 0.1%', parseShare))
    .addOption(option('--max-duplicates <number>', 'threshold', parseCount))
    .addOption(option('--max-out-of-order <number>', 'threshold', parseCount))
    .addOption(option('--max-reconnects <number>', 'threshold', parseCount))
    .addOption(option('--max-failed <number>', 'connections that get in nowhere', parseCount));
}

function parseOrigin(text: string): string {
  const { origin, protocol, pathname, host } = new URL(parseUrl(text));
  if (pathname !== '/') throw new Error('Expected an origin without a path; see --path.');
  return origin === 'null' ? `${protocol}//${host}` : origin;
}

function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^(https?|wss?):$/.test(url.protocol)) return url.href;
  throw new Error('Expected a URL such as `http://localhost:3001`.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('Expected JSON; a text needs its quotes.');
  }
}

function parseTransports(text: string): readonly TransportName[] {
  const names = text.split(',');
  if (names.every((name) => name === 'websocket' || name === 'polling')) return names;
  throw new Error('Expected `websocket`, `polling` or both with a comma between them.');
}
