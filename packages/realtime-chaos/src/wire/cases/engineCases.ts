import { casesOf, type WireCase } from '../wireCase.ts';

/** Packets of engine.io that no client of its fourth version sends. */
const packets: readonly (readonly [string, string | Buffer, WireCase['reaction']])[] = [
  ['an open of engine.io', '0', 'ignored'],
  ['an open with a session', '0{"sid":"x"}', 'ignored'],
  ['a ping of the client', '2', 'closed'],
  ['a probe without an upgrade', '2probe', 'closed'],
  ['a pong', '3', 'ignored'],
  ['a pong with data', '3probe', 'ignored'],
  ['an upgrade without a probe', '5', 'ignored'],
  ['a noop', '6', 'ignored'],
  ['a close of engine.io', '1', 'ignored'],
  ['packet type 7', '7', 'closed'],
  ['packet type 8', '8', 'closed'],
  ['packet type 9', '9', 'closed'],
  ['packet type `x`', 'x', 'closed'],
  ['packet type `-`', '-1', 'closed'],
  ['packet type NUL', '\0', 'closed'],
  ['packet type `__proto__`', '__proto__', 'closed'],
  ['packet type `constructor`', 'constructor', 'closed'],
  ['a type that is a digit of another script', '\u0664', 'closed'],
  ['a message in base64', 'bNA==', 'closed'],
  ['a record separator', '\x1e', 'closed'],
  ['an empty message', '4', 'closed'],
  ['a binary message that nobody has announced', Buffer.from('hello'), 'closed'],
];

export const engineCases: readonly WireCase[] = [
  ...casesOf('engine', packets),
  ...casesOf('plain', packets),
  ...casesOf('engine', [
    ['an event before CONNECT', '42["ping"]', 'closed'],
    ['an acknowledgement before CONNECT', '430[]', 'closed'],
    ['a DISCONNECT before CONNECT', '41', 'closed'],
    [
      'a binary event before CONNECT',
      ['451-["ping",{"_placeholder":true,"num":0}]', Buffer.from('x')],
      'closed',
    ],
    ['a CONNECT_ERROR before CONNECT', '44{}', 'closed'],
  ]),
];
