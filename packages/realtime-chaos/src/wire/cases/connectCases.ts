import { casesOf, type Reaction, type WireCase } from '../wireCase.ts';

const required = { protocol: 1, contract: '1.0', fingerprint: '0123456789abcdef' };
const connect = (auth: unknown) => `40${JSON.stringify(auth)}`;
const ours = (fields: unknown) => connect({ roomcast: { ...required, ...(fields as object) } });
const room = { room: 'hall-1' };
const form: Reaction = 'refused INVALID_HANDSHAKE';

/** What `auth.roomcast` may not be. */
const fields: readonly (readonly [string, unknown])[] = [
  ['no protocol', { protocol: undefined }],
  ['protocol 0', { protocol: 0 }],
  ['protocol 2', { protocol: 2 }],
  ['protocol as a text', { protocol: '1' }],
  ['a contract without a minor version', { contract: '1' }],
  ['a contract that is a number', { contract: 1 }],
  ['a contract with a sign', { contract: '-1.0' }],
  ['a fingerprint that is too short', { fingerprint: '0123' }],
  ['a fingerprint in capitals', { fingerprint: '0123456789ABCDEF' }],
  ['rooms that are no list', { rooms: {} }],
  ['a room that is a text', { rooms: ['hall-1'] }],
  ['a room twice', { rooms: [room, room] }],
  ['129 rooms', { rooms: Array.from({ length: 129 }, (_, at) => ({ room: `hall-${at}` })) }],
  ['a position that is a text', { rooms: [{ ...room, position: 'e:1' }] }],
  ['features that are no list', { features: 'deflate' }],
  ['33 features', { features: Array.from({ length: 33 }, (_, at) => `f${at}`) }],
  ['a feature that is a number', { features: [1] }],
  ['a session that is a number', { session: 1 }],
  ['a session of 65 characters', { session: 'x'.repeat(65) }],
  ['a negative maxReplay', { maxReplay: -1 }],
  ['a maxReplay with a fraction', { maxReplay: 0.5 }],
  ['a maxReplay of 2^53', { maxReplay: 2 ** 53 }],
];

/** What comes before anybody is let in. */
export const connectCases: readonly WireCase[] = casesOf('connect', [
  ['no auth', '40', 'answered'],
  ['an auth that is a list', '40[]', 'closed'],
  ['an auth that is a text', '40"alice"', 'closed'],
  ['an auth that is null', '40null', 'closed'],
  ['an auth that is cut short', '40{"token":', 'closed'],
  ['an auth with a field `__proto__`', '40{"__proto__":{"token":"alice"}}', 'answered'],
  ['an auth with a field that nobody knows', connect({ admin: true }), 'answered'],
  ['5,000 lists beside the token', `40{"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 'answered'],
  ['a token that is a number', connect({ token: 1 }), form],
  ['a token that is an object', connect({ token: {} }), form],
  ['an empty token', connect({ token: '' }), form],
  ['a token of 16,385 characters', connect({ token: 'x'.repeat(16_385) }), form],
  ['a token that is nobody’s', connect({ token: 'mallory' }), 'refused AUTHENTICATION_FAILED'],
  ['a token named `__proto__`', connect({ token: '__proto__' }), 'refused AUTHENTICATION_FAILED'],
  ['`compress` as a text', connect({ compress: 'yes' }), form],
  ['`roomcast` that is null', connect({ roomcast: null }), form],
  ['`roomcast` that is a list', connect({ roomcast: [] }), form],
  ['`roomcast` that is a text', connect({ roomcast: '1' }), form],
  ['`roomcast` that is empty', connect({ roomcast: {} }), form],
  ...fields.map(([title, value]) => [`ours: ${title}`, ours(value), form] as const),
  ['ours: another major version', ours({ contract: '2.0' }), 'refused CONTRACT_INCOMPATIBLE'],
  ['ours: a field that nobody knows', ours({ later: true }), 'answered'],
  ['the namespace of nobody', '40/admin,{}', 'refused Invalid namespace'],
  ['the namespace `__proto__`', '40/__proto__,{}', 'refused Invalid namespace'],
  ['a namespace of 60,000 characters', `40/${'x'.repeat(60_000)},{}`, 'refused Invalid namespace'],
]);
