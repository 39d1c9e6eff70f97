import { AssertionError } from 'node:assert';
import type { AnyContract, RoomArgs, RoomKind } from '@roomcast/realtime-contract';
import type { AsyncMatcherResult, MatcherState } from 'vitest';
import { assertConnected, assertNotConnected } from '../assertions/assertConnected.ts';
import type { AssertionOptions } from '../assertions/assertionOptions.ts';
import { assertJoined, assertNotJoined } from '../assertions/assertJoined.ts';
import { assertReceivesEvent, assertReceivesNoEvent } from '../assertions/assertReceivesEvent.ts';
import { assertNotRecovered, assertRecovered } from '../assertions/assertRecovered.ts';
import { show } from '../assertions/failure.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';

type AnyTester = WebSocketTester<AnyContract>;

interface Assertions {
  readonly is: (tester: AnyTester) => Promise<unknown>;
  readonly isNot: (tester: AnyTester) => Promise<unknown>;
}

/** Runs the assertion that is meant; the matcher only tells vitest how it went. */
async function run(
  { isNot }: MatcherState,
  received: unknown,
  assertions: Assertions,
): AsyncMatcherResult {
  assertTester(received);
  try {
    await (isNot ? assertions.isNot(received) : assertions.is(received));
    return { pass: !isNot, message: () => '' };
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const { message, actual, expected } = error;
    const difference = expected === undefined ? {} : { actual, expected };
    return { pass: isNot, message: () => message, ...difference };
  }
}

function assertTester(received: unknown): asserts received is AnyTester {
  const { received: list, recoveries } = (received ?? {}) as Partial<AnyTester>;
  if (typeof list === 'function' && Array.isArray(recoveries)) return;
  throw new TypeError(`Expected a WebSocketTester, got ${show(received)}.`);
}

export const matchers = {
  toReceiveEvent(
    this: MatcherState,
    received: unknown,
    name: string,
    payload?: unknown,
    options?: AssertionOptions,
  ): AsyncMatcherResult {
    return run(this, received, {
      is: (tester) => assertReceivesEvent(tester, name, payload, options),
      isNot: (tester) => assertReceivesNoEvent(tester, name, payload, options),
    });
  },
  toHaveJoined(
    this: MatcherState,
    received: unknown,
    ...room: RoomArgs<AnyContract, RoomKind<AnyContract>>
  ): AsyncMatcherResult {
    return run(this, received, {
      is: (tester) => assertJoined(tester, ...room),
      isNot: (tester) => assertNotJoined(tester, ...room),
    });
  },
  toBeConnected(
    this: MatcherState,
    received: unknown,
    options?: AssertionOptions,
  ): AsyncMatcherResult {
    return run(this, received, {
      is: (tester) => assertConnected(tester, options),
      isNot: (tester) => assertNotConnected(tester, options),
    });
  },
  toHaveRecovered(
    this: MatcherState,
    received: unknown,
    options?: AssertionOptions,
  ): AsyncMatcherResult {
    return run(this, received, {
      is: (tester) => assertRecovered(tester, options),
      isNot: (tester) => assertNotRecovered(tester, options),
    });
  },
};
