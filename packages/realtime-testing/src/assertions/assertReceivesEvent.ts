import type { AnyContract, EventName, EventPayload } from '@roomcast/realtime-contract';
import { NothingCame } from '../recordings/nothingCame.ts';
import { describeConnection } from '../tester/describeConnection.ts';
import type { WebSocketTester } from '../tester/webSocketTester.ts';
import type { AssertionOptions } from './assertionOptions.ts';
import type { ExpectedPayload } from './expectedPayload.ts';
import { failure, show } from './failure.ts';
import { matchesPayload } from './matchesPayload.ts';

/** How long nothing has to come before it counts as never, in milliseconds. */
const quietMs = 100;

/**
 * Asserts that an event has arrived, or does so in time. It counts as taken then, as by
 * `waitForEvent`: a second assertion needs a second event.
 *
 * @param expected - the fields that its payload has, at any depth; any payload when left out
 * @returns the payload
 * @throws AssertionError that says what arrived instead; RoomcastError `UNKNOWN_EVENT` for a name that
 * the contract does not have, `NOT_CONNECTED` for a tester that never was
 */
export async function assertReceivesEvent<C extends AnyContract, Name extends EventName<C>>(
  tester: WebSocketTester<C>,
  name: Name,
  expected?: ExpectedPayload<EventPayload<C, Name>>,
  { timeoutMs = tester.timeoutMs }: AssertionOptions = {},
): Promise<EventPayload<C, Name>> {
  const payloads = tester.received(name);
  try {
    return await payloads.next((payload) => fits(payload, expected), timeoutMs);
  } catch (error) {
    if (!(error instanceof NothingCame)) throw error;
    const others = tester.received().filter(({ event }) => event !== name);
    throw failure(
      [
        `Expected ${describe(name, expected)} within ${timeoutMs} ms.`,
        `Received ${payloads.length} × "${name}"${payloads.length > 0 ? `: ${show([...payloads])}` : ''}`,
        `and ${others.length} other events${others.length > 0 ? `: ${names(others)}` : ''}.`,
        describeConnection(tester.state),
      ].join(' '),
      expected === undefined ? {} : { actual: payloads.at(-1), expected },
    );
  }
}

/**
 * Asserts that no event of a kind is there that was not taken yet, and that none comes for a while.
 *
 * @param unwanted - the fields that its payload would have, at any depth; any payload when left out
 * @throws AssertionError with the event that came; RoomcastError `UNKNOWN_EVENT` for a name that the
 * contract does not have, `NOT_CONNECTED` for a tester that never was
 */
export async function assertReceivesNoEvent<C extends AnyContract, Name extends EventName<C>>(
  tester: WebSocketTester<C>,
  name: Name,
  unwanted?: ExpectedPayload<EventPayload<C, Name>>,
  { timeoutMs = quietMs }: AssertionOptions = {},
): Promise<void> {
  const came = await tester
    .received(name)
    .next((payload) => fits(payload, unwanted), timeoutMs)
    .then(
      (payload) => ({ payload }),
      (error: unknown) => {
        if (error instanceof NothingCame) return null;
        throw error;
      },
    );
  if (!came) return;
  throw failure(
    `Expected no ${describe(name, unwanted)} within ${timeoutMs} ms. Received ${show(came.payload)}.`,
  );
}

function fits(payload: unknown, expected: unknown): boolean {
  return expected === undefined || matchesPayload(payload, expected);
}

function describe(name: string, expected: unknown): string {
  return expected === undefined ? `"${name}"` : `"${name}" with ${show(expected)}`;
}

function names(events: readonly { readonly event: string }[]): string {
  const counts = new Map<string, number>();
  for (const { event } of events) counts.set(event, (counts.get(event) ?? 0) + 1);
  return [...counts].map(([event, count]) => `${count} × "${event}"`).join(', ');
}
