import type { ErrorCode } from '@roomcast/realtime-contract';
import type { SchemaName } from './containedContract.ts';
import type { Misbehaviour } from './misbehaviour.ts';

/** Everything of the application that a server calls. */
export type CallbackName =
  | SchemaName
  | 'authenticate'
  | 'authorise'
  | 'action'
  | 'logger'
  | 'metrics'
  | 'onError'
  | `on${'Begin' | 'Join' | 'End'} of a session watcher`
  | `broker.${'publish' | 'subscribe' | 'read' | 'health'}`
  | `callLedger${'.claim' | '.health' | ': settle' | ': abandon'}`
  | `presenceStore.${'enter' | 'leave' | 'watch' | 'read'}`;

/**
 * What the client is told: a code, or `answered` where it must not notice. `waits` is no answer as
 * long as the callback takes, and `up` and `down` are what the readiness of the server says.
 */
type Outcome = ErrorCode | 'answered' | 'waits' | 'up' | 'down';

/** What a client does so that a callback is called. */
export interface CallbackCase {
  readonly title: string;
  readonly callback: CallbackName;
  readonly dialect: 'plain' | 'framed';
  readonly token?: string;
  /** Events with their arguments, of which the last one counts; the handshake where there is none. */
  readonly asks: readonly (readonly [name: string, ...args: readonly unknown[]])[];
  /** Asks for `/readyz` instead. */
  readonly isHealth?: boolean;
  readonly outcomes: Readonly<Record<Misbehaviour, Outcome>>;
}

export const victimRoom = 'team-1';

/** By what happens: it fails, it takes too long, it says nothing, and the answer counts once. */
function outcomes(failed: Outcome, late: Outcome, nothing: Outcome = failed) {
  return {
    ...{ throws: failed, 'throws a text': failed, 'throws null': failed, rejects: failed },
    ...{ hangs: late, 'rejects too late': late, 'answers with nothing': nothing },
    'answers twice, and rejects': 'answered',
  } as const;
}

const unnoticed = outcomes('answered', 'answered');
const key = { idempotencyKey: 'k' };
const enter = { room: 'hall-2', follow: 'members', member: { key: 'k', data: 'me' } };
const enterRoom = [
  ['roomcast:join', [{ room: 'hall-2' }]],
  ['roomcast:presence', enter],
] as const;
const plainVictim = { dialect: 'plain', token: 'sound' } as const;
const framedVictim = { dialect: 'framed', token: 'sound' } as const;
/** A log has time limits of its own: a server waits as long as its log does. */
const failedJoin = { ...outcomes('INTERNAL', 'waits'), 'rejects too late': 'INTERNAL' } as const;

/** Each callback, at each place where it is called. */
export const callbackCases: readonly CallbackCase[] = [
  ...(['plain', 'framed'] as const).map((dialect) => ({
    ...{ title: `authenticate, at the handshake of the ${dialect} dialect`, dialect },
    ...{ callback: 'authenticate' as const, token: 'x', asks: [] },
    outcomes: outcomes('AUTHENTICATION_FAILED', 'AUTHENTICATION_TIMEOUT'),
  })),
  {
    ...{ title: 'authenticate, of a guest', callback: 'authenticate', dialect: 'plain' },
    asks: [['authenticate', 'x']],
    outcomes: outcomes('AUTHENTICATION_FAILED', 'AUTHENTICATION_TIMEOUT'),
  },
  {
    ...{ title: 'authenticate, of another token', callback: 'authenticate', ...framedVictim },
    asks: [['roomcast:authenticate', 'x']],
    outcomes: outcomes('AUTHENTICATION_FAILED', 'AUTHENTICATION_TIMEOUT'),
  },
  {
    ...{ title: 'authorise, of a stock client', callback: 'authorise', ...plainVictim },
    asks: [['join-team', '1']],
    outcomes: outcomes('INTERNAL', 'INTERNAL'),
  },
  {
    ...{ title: 'authorise, of one of ours', callback: 'authorise', ...framedVictim },
    asks: [['roomcast:join', [{ room: victimRoom }]]],
    outcomes: outcomes('INTERNAL', 'INTERNAL'),
  },
  {
    ...{ title: 'an action', callback: 'action', dialect: 'plain', asks: [['act', 1]] },
    outcomes: outcomes('ACTION_FAILED', 'ACTION_TIMEOUT', 'answered'),
  },
  {
    ...{ title: 'an action with a key', callback: 'action', dialect: 'framed' },
    asks: [['act', 1, key]],
    outcomes: outcomes('ACTION_FAILED', 'ACTION_TIMEOUT', 'answered'),
  },
  {
    ...{ title: 'the schema of an input', callback: 'input schema', dialect: 'plain' },
    asks: [['act', 1]],
    outcomes: outcomes('INTERNAL', 'ACTION_TIMEOUT'),
  },
  {
    ...{ title: 'the schema of an output', callback: 'output schema', dialect: 'plain' },
    asks: [['act', 1]],
    outcomes: outcomes('ACTION_FAILED', 'ACTION_TIMEOUT'),
  },
  {
    ...{ title: 'the schema of a payload', callback: 'payload schema', dialect: 'plain' },
    asks: [['plan', 1]],
    outcomes: outcomes('ACTION_FAILED', 'ACTION_TIMEOUT'),
  },
  {
    ...{ title: 'the schema of a presence', callback: 'presence schema', dialect: 'framed' },
    asks: enterRoom,
    outcomes: outcomes('INTERNAL', 'INTERNAL'),
  },
  ...(['metrics', 'logger', 'onError'] as const).map((callback) => ({
    ...{ title: callback, callback, dialect: 'plain' as const },
    asks: [['authenticate', 'x'] as const, ['fail', 1] as const, ['look', 1] as const],
    outcomes: unnoticed,
  })),
  ...(['Begin', 'Join', 'End'] as const).map((event) => ({
    ...{ title: `on${event} of a session watcher`, dialect: 'plain' as const },
    callback: `on${event} of a session watcher` as const,
    asks: [['join-hall', '2'] as const, ['look', 1] as const],
    outcomes: unnoticed,
  })),
  {
    ...{ title: 'a broker, to publish', callback: 'broker.publish', dialect: 'plain' },
    asks: [['plan', 1]],
    outcomes: outcomes('ACTION_FAILED', 'ACTION_TIMEOUT'),
  },
  {
    ...{ title: 'a broker, to subscribe', callback: 'broker.subscribe', ...plainVictim },
    asks: [['join-team', '1']],
    // What it returns has to be a promise, and not only something that can be awaited.
    outcomes: { ...failedJoin, 'answers twice, and rejects': 'INTERNAL' },
  },
  {
    ...{ title: 'a broker, to read', callback: 'broker.read', ...plainVictim },
    asks: [['join-team', '1']],
    outcomes: failedJoin,
  },
  {
    ...{ title: 'a call ledger, to claim', callback: 'callLedger.claim', dialect: 'plain' },
    asks: [['act', 1, key]],
    outcomes: outcomes('INTERNAL', 'ACTION_TIMEOUT'),
  },
  {
    ...{ title: 'a call ledger, to settle', callback: 'callLedger: settle', dialect: 'plain' },
    asks: [['act', 1, key]],
    outcomes: outcomes('INTERNAL', 'ACTION_TIMEOUT', 'answered'),
  },
  {
    ...{ title: 'a call ledger, to abandon what failed', callback: 'callLedger: abandon' },
    ...{ dialect: 'plain', asks: [['fail', 1, key]] },
    outcomes: {
      ...outcomes('INTERNAL', 'ACTION_TIMEOUT', 'ACTION_FAILED'),
      'answers twice, and rejects': 'ACTION_FAILED',
    },
  },
  {
    ...{ title: 'a call ledger, to abandon what hangs', callback: 'callLedger: abandon' },
    ...{ dialect: 'plain', asks: [['wait', 1, key]] },
    outcomes: {
      ...outcomes('ACTION_TIMEOUT', 'ACTION_TIMEOUT'),
      'answers twice, and rejects': 'ACTION_TIMEOUT',
    },
  },
  ...(['enter', 'leave', 'watch', 'read'] as const).map((method) => ({
    ...{ title: `a presence store, to ${method}`, dialect: 'framed' as const },
    callback: `presenceStore.${method}` as const,
    asks: [
      ...enterRoom,
      ['roomcast:presence', { room: 'hall-2', follow: 'none' }] as const,
      ['look', 1] as const,
    ],
    outcomes: unnoticed,
  })),
  {
    ...{ title: 'a presence store, to leave behind a lost connection', dialect: 'framed' },
    ...{ callback: 'presenceStore.leave', asks: [...enterRoom, ['look', 1]] },
    outcomes: unnoticed,
  },
  {
    ...{ title: 'the health of a broker', callback: 'broker.health', dialect: 'plain' },
    ...{ asks: [], isHealth: true },
    outcomes: { ...outcomes('down', 'down'), 'answers twice, and rejects': 'down' },
  },
  {
    ...{ title: 'the health of a call ledger', callback: 'callLedger.health', dialect: 'plain' },
    ...{ asks: [], isHealth: true },
    outcomes: { ...outcomes('up', 'up'), 'answers twice, and rejects': 'up' },
  },
];
