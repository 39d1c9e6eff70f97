// @vitest-environment node
import type { ConnectionState, Recovery } from '@roomcast/realtime-client';
import { RoomcastError } from '@roomcast/realtime-contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { connected, FakeClient } from '../../test/fakeClient.ts';
import type { ConnectionEvents } from './socketFacade.ts';
import { isConnectionEvent, watchConnectionEvent } from './watchConnectionEvents.ts';

const names = ['connect', 'disconnect', 'connect_error', 'reconnect', 'reconnect_error'] as const;
const connecting: ConnectionState = { status: 'connecting' };
const lost = new RoomcastError('CONNECTION_LOST', 'The connection ended.');
const failed = new RoomcastError('CONNECTION_FAILED', 'No connection.');
const failedAgain = new RoomcastError('CONNECTION_FAILED', 'Still no connection.');

let client: FakeClient;
let heard: unknown[][];
beforeEach(() => {
  client = new FakeClient();
  heard = [];
  for (const name of [...names, 'room-joined'] as const) {
    const listener = (...args: unknown[]) => void heard.push([name, ...args]);
    watchConnectionEvent(client, name, listener as ConnectionEvents[typeof name]);
  }
});

/** Waits for the next attempt, or is at it. */
function reconnecting(attempt: number, error: RoomcastError, retryAtMs: number | null) {
  return { status: 'reconnecting', attempt, error, retryAtMs } as const;
}

function moveThrough(...states: readonly ConnectionState[]): void {
  for (const state of states) client.move(state);
}

it('says connect and disconnect with the reason', () => {
  moveThrough(connecting, connected);
  client.disconnect();
  moveThrough(connecting, connected);
  expect(heard).toEqual([['connect'], ['disconnect', 'disconnected'], ['connect']]);
});

it('says reconnect with the number of attempts, and reconnect_error for each that failed', () => {
  moveThrough(
    connected,
    reconnecting(1, lost, 1_000),
    reconnecting(1, lost, null),
    reconnecting(2, failed, 2_000),
    reconnecting(2, failed, null),
    reconnecting(3, failedAgain, 3_000),
    reconnecting(3, failedAgain, null),
    connected,
  );
  expect(heard).toEqual([
    ['connect'],
    ['disconnect', 'CONNECTION_LOST'],
    ['connect_error', failed],
    ['reconnect_error', failed],
    ['connect_error', failedAgain],
    ['reconnect_error', failedAgain],
    ['connect'],
    ['reconnect', 3],
  ]);
});

it('says connect_error for a first attempt that failed, and no reconnect_error', () => {
  moveThrough(connecting, reconnecting(1, failed, 1_000));
  expect(heard).toEqual([['connect_error', failed]]);
});

it.each(['refused', 'gave-up'] as const)('says why the client gave up: %s', (reason) => {
  moveThrough(connecting, { status: 'closed', reason, error: failed });
  moveThrough(reconnecting(1, lost, null), { status: 'closed', reason, error: failedAgain });
  expect(heard).toEqual([
    ['connect_error', failed],
    ['connect_error', failedAgain],
    ['reconnect_error', failedAgain],
  ]);
});

it('takes a disconnect during an attempt for no error', () => {
  moveThrough(reconnecting(1, lost, null));
  client.disconnect();
  expect(heard).toEqual([]);
});

it('does not repeat an error when an attempt begins before its time', () => {
  moveThrough(reconnecting(1, lost, 1_000), reconnecting(1, lost, null));
  expect(heard).toEqual([]);
});

describe('room-joined', () => {
  it('comes after every join, with the parameters of the room', () => {
    client.recover({ status: 'fresh', during: 'join' }, '42');
    client.recover({ status: 'resumed', during: 'join' }, '42');
    client.recover({ status: 'gap', reason: 'expired', during: 'join' }, '42');
    const joined = { room: 'event-42', kind: 'event', eventId: '42' };
    expect(heard).toEqual([
      ['room-joined', joined],
      ['room-joined', joined],
      ['room-joined', joined],
    ]);
  });

  it.each<Recovery>([
    { status: 'gap', reason: 'overflow', missed: 3, during: 'stream' },
    { status: 'gap', reason: 'unauthorized', during: 'stream' },
    { status: 'gap', reason: 'unauthorized', during: 'join' },
  ])('does not come where nothing was joined: $reason during the $during', (recovery) => {
    client.recover(recovery, '42');
    expect(heard).toEqual([]);
  });
});

describe('isConnectionEvent', () => {
  it('knows its own names, and no property that every object has', () => {
    expect(names.every(isConnectionEvent)).toBe(true);
    expect(isConnectionEvent('room-joined')).toBe(true);
    expect(['ticket-purchased', 'constructor', 'toString'].some(isConnectionEvent)).toBe(false);
  });
});
