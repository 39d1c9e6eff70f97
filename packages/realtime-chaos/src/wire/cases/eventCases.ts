import { ackId, casesOf, type WireCase } from '../wireCase.ts';

type Name = string | number;
const event = (name: Name, input: unknown = null) => `42${ackId}${JSON.stringify([name, input])}`;
const dialects = ['plain', 'framed'] as const;

/** Names that belong to objects, to emitters, to the other dialect, or to nobody. */
const unknown: readonly (readonly [string, Name])[] = [
  ...[
    ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'],
    ...['__defineGetter__', 'isPrototypeOf', 'then', 'toJSON', 'length', 'name', 'call'],
    ...['error', 'connection', 'message', 'data', 'packet', 'close', 'open', 'drain', 'end'],
    ...['said', 'planned', 'room-joined', 'room-left', 'pong', 'token-expired', 'value-removed'],
    ...['compressed-event', 'heartbeat', 'roomcast:', 'roomcast:unknown', 'roomcast:__proto__'],
    ...['join-nowhere', 'leave-nowhere', 'join-__proto__', 'leave-constructor', 'join-', 'join'],
    ...['BOOK', 'book ', ' book', 'book\0', 'bo\u200bok', '*', 'undefined', 'null', 'W', 'P'],
  ].map((name) => [`\`${name.replace('\0', '\\0').replace('\u200b', '\\u200b')}\``, name] as const),
  ...[
    ['an empty text', ''],
    ['a text of 10,000 characters', 'x'.repeat(10_000)],
    ['a lone surrogate', '\ud800'],
    ['an emoji', '\u{1f3ab}'],
    ['the number 0', 0],
    ['the number −1', -1],
    ['the number 0.5', 0.5],
  ].map(([title, name]) => [title, name] as readonly [string, Name]),
];

const reserved = [
  ...['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'],
];

const foreign = {
  plain: [
    'roomcast:join',
    'roomcast:leave',
    'roomcast:history',
    'roomcast:presence',
    'roomcast:authenticate',
  ],
  framed: ['authenticate', 'ping', 'join-hall', 'leave-hall', 'join-user'],
} as const;

/** Events by names that nobody may use. */
export const eventCases: readonly WireCase[] = dialects.flatMap((door) => [
  ...casesOf(door, [
    ...unknown.map(
      ([title, name]) => [`an event named ${title}`, event(name), 'refused UNKNOWN_EVENT'] as const,
    ),
    ...foreign[door].map(
      (name) =>
        [`\`${name}\`, of the other dialect`, event(name), 'refused UNKNOWN_EVENT'] as const,
    ),
    ...reserved.map(
      (name) =>
        [`an event named \`${name}\`, reserved by Socket.IO`, event(name), 'closed'] as const,
    ),
    ['an event named by a number without end', `42${ackId}[1e400,null]`, 'refused UNKNOWN_EVENT'],
    ['an action that has no handler', event('cancel', { seat: 'A1' }), 'refused UNKNOWN_EVENT'],
  ]),
]);
