import { ackId, casesOf, type Reaction, type WireCase } from '../wireCase.ts';

const ask = (name: string, ...args: readonly unknown[]) =>
  `42${ackId}${JSON.stringify([name, ...args])}`;
type Row = readonly [string, unknown, Reaction];

const form = 'refused INVALID_HANDSHAKE';
const noRoom = 'refused INVALID_ROOM';
const position = { epoch: 'e', offset: 0, revision: 0 };

const joins: readonly Row[] = [
  ['null', null, form],
  ['an object', { room: 'hall-1' }, form],
  ['a text', 'hall-1', form],
  ['a list of texts', ['hall-1'], form],
  ['a room that is null', [{ room: null }], form],
  ['a room that is an object', [{ room: {} }], form],
  ['a room of 256 characters', [{ room: `hall-${'x'.repeat(251)}` }], form],
  ['a room twice', [{ room: 'hall-1' }, { room: 'hall-1' }], form],
  ['129 rooms', Array.from({ length: 129 }, (_, at) => ({ room: `hall-${at}` })), form],
  ['a position that is null', [{ room: 'hall-1', position: null }], form],
  ['a position that is a list', [{ room: 'hall-1', position: [] }], form],
  ['a negative offset', [{ room: 'hall-1', position: { ...position, offset: -1 } }], form],
  ['an offset of 2^53', [{ room: 'hall-1', position: { ...position, offset: 2 ** 53 } }], form],
  ['an empty epoch', [{ room: 'hall-1', position: { ...position, epoch: '' } }], form],
  ['an empty room', [{ room: '' }], noRoom],
  ['the room `__proto__`', [{ room: '__proto__' }], noRoom],
  ['the room `hall-`', [{ room: 'hall-' }], noRoom],
  ['the room `hall-%2`', [{ room: 'hall-%2' }], noRoom],
  ['a room in another spelling', [{ room: 'hall-%61' }], noRoom],
  ['a room that is not escaped', [{ room: 'hall-a/b' }], noRoom],
  ['the room of its template', [{ room: 'hall-{hallId}' }], noRoom],
  ['the room of a user, by a guest', [{ room: 'user-alice' }], 'refused UNAUTHENTICATED'],
  ['a room of a team, by a guest', [{ room: 'team-1' }], 'refused UNAUTHENTICATED'],
  ['a position of another epoch', [{ room: 'hall-1', position }], 'answered'],
  [
    'the epoch `__proto__`',
    [{ room: 'hall-1', position: { ...position, epoch: '__proto__' } }],
    'answered',
  ],
];

const leaves: readonly Row[] = [
  ['null', null, noRoom],
  ['a text', 'hall-1', noRoom],
  ['a list of objects', [{ room: 'hall-1' }], noRoom],
  ['a list of numbers', [7], noRoom],
  ['a room that it is not in', ['hall-9'], 'answered'],
  ['no room of the contract', ['__proto__'], 'answered'],
  ['nothing', [], 'answered'],
];

const since = position;
const histories: readonly Row[] = [
  ['null', null, noRoom],
  ['no position', { room: 'hall-1' }, noRoom],
  ['a limit of 0', { room: 'hall-1', since, limit: 0 }, noRoom],
  ['a limit of 301', { room: 'hall-1', since, limit: 301 }, noRoom],
  ['a limit that is a text', { room: 'hall-1', since, limit: '10' }, noRoom],
  ['a room that is none', { room: 'nowhere', since }, noRoom],
  ['the room of a user, by a guest', { room: 'user-alice', since }, 'refused UNAUTHENTICATED'],
  ['a position of another epoch', { room: 'hall-1', since }, 'answered'],
];

const presences: readonly Row[] = [
  ['null', null, 'refused INVALID_PAYLOAD'],
  ['no room', { follow: 'count' }, 'refused INVALID_PAYLOAD'],
  ['something else to follow', { room: 'hall-1', follow: 'all' }, 'refused INVALID_PAYLOAD'],
  [
    'a member without a key',
    { room: 'hall-1', follow: 'none', member: {} },
    'refused INVALID_PAYLOAD',
  ],
  ['a room that it is not in', { room: 'hall-1', follow: 'count' }, 'refused FORBIDDEN'],
  ['a room that is none', { room: 'nowhere', follow: 'count' }, 'refused INVALID_ROOM'],
];

const tokens: readonly Row[] = [
  ['of a guest', 'alice', 'refused FORBIDDEN'],
  ['nothing', null, 'refused FORBIDDEN'],
];

const ids: readonly Row[] = [
  ['null', null, noRoom],
  ['a number', 7, noRoom],
  ['true', true, noRoom],
  ['a list', ['1'], noRoom],
  ['an empty text', '', noRoom],
  ['an empty object', {}, noRoom],
  ['an object with a number', { hallId: 7 }, noRoom],
  ['an object of another kind', { teamId: '1' }, noRoom],
  ['a lone surrogate', '\ud800', noRoom],
  ['201 characters', 'x'.repeat(201), noRoom],
  ['67 characters that take three escapes each', '\u20ac'.repeat(67), noRoom],
];
const escaped: readonly Row[] = [
  ['`../`', '../', 'answered'],
  ['NUL', '\0', 'answered'],
  ['`__proto__`', '__proto__', 'answered'],
  ['an object with a field too many', { hallId: '1', __proto: 1 }, 'answered'],
];

const rows = (name: string, all: readonly Row[]) =>
  all.map(
    ([title, argument, reaction]) =>
      [`\`${name}\`: ${title}`, ask(name, argument), reaction] as const,
  );

/** Requests that do not have the documented form, or ask for what is not theirs. */
export const requestCases: readonly WireCase[] = [
  ...casesOf('framed', [
    ...rows('roomcast:join', joins),
    ...rows('roomcast:leave', leaves),
    ...rows('roomcast:history', histories),
    ...rows('roomcast:presence', presences),
    ...rows('roomcast:authenticate', tokens),
    ['`roomcast:join` without an argument', ask('roomcast:join'), form],
    ['a frame of the server, sent to it', '4P["hall-1","e",[]]', 'closed'],
    ['a welcome, sent to the server', '4W{}', 'closed'],
  ]),
  ...casesOf('plain', [
    ...rows('join-hall', [...ids, ...escaped]),
    ...rows('leave-hall', ids),
    ...rows('join-user', [['of somebody, by a guest', 'alice', 'refused UNAUTHENTICATED']]),
    ...rows('join-team', [['of a team, by a guest', '1', 'refused UNAUTHENTICATED']]),
    ...rows('authenticate', [
      ['null', null, 'refused AUTHENTICATION_FAILED'],
      ['an object', {}, 'refused AUTHENTICATION_FAILED'],
      ['an empty text', '', 'refused AUTHENTICATION_FAILED'],
      ['a forged token', 'mallory', 'refused AUTHENTICATION_FAILED'],
    ]),
    ['`ping` with an argument', ask('ping', { __proto__: null, a: 1 }), 'answered'],
    ['`join-hall` without an id', ask('join-hall'), noRoom],
  ]),
];
