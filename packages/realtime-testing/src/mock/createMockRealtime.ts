import { leaveSealed } from '@roomcast/realtime-client/encryption';
import { composeClient } from '@roomcast/realtime-client/in-memory';
import {
  type AnyContract,
  type Clock,
  gapReasons,
  RoomcastError,
  systemClock,
} from '@roomcast/realtime-contract';
import { assertWholeNumbers } from '../assertWholeNumbers.ts';
import { assertContract } from './assertContract.ts';
import { assertOneOf } from './assertOneOf.ts';
import { MockPublisher, type Params } from './mockPublisher.ts';
import type { MockRealtime, MockRealtimeOptions } from './mockRealtime.ts';
import { MockServer } from './mockServer.ts';
import { MockTurns } from './mockTurns.ts';

/**
 * A real client without a network, for tests of components, in a browser or in Node. Its server is
 * the test: it publishes, answers, refuses and disconnects, and follows the protocol in all of that.
 *
 * @throws RoomcastError `INVALID_CONFIG`, naming the option
 *
 * @example
 * const mock = createMockRealtime(contract);
 * mock.client.subscribe('event', { eventId: '42' });
 * await mock.settled();
 * mock.publish('ticket-purchased');
 */
export function createMockRealtime<C extends AnyContract>(
  contract: C,
  options: MockRealtimeOptions<C> = {},
): MockRealtime<C> {
  assertContract(contract);
  const { user = null, maxPublications, clock: machine = systemClock, ...rest } = options;
  const turns = new MockTurns();
  const clock: Clock = {
    now: () => machine.now(),
    schedule: (callback, delayMs) => machine.schedule(() => turns.now(callback), delayMs),
  };
  const server: MockServer = new MockServer({
    ...{ contract, clock, turns, user, maxPublications },
    recordPublish: (causedBy) => publisher.record(causedBy),
  });
  const client = composeClient(
    {
      // Without chance, unless a test wants some, and without what only a network is for.
      ...{ env: {}, compression: false, random: () => 0, getToken: createTokens(user) },
      // The test publishes in the clear, and needs no keys.
      ...{ ...rest, contract, clock, opener: leaveSealed() },
    },
    () => server.openEngine(),
  );
  const publisher = new MockPublisher({ client, server });
  const nameOf = ([kind, params]: readonly [kind: string, params?: Params]) =>
    contract.formatRoom(kind, params ?? {});
  const tryAgain = () => {
    if (client.state.status === 'reconnecting') turns.now(() => client.connect());
  };
  const close = () => client.close();

  return {
    ...{ contract, client, close, [Symbol.asyncDispose]: close },
    get calls() {
      // What was called has been checked by the contract.
      return server.actions.calls as never;
    },
    get joined() {
      const rooms = server.session?.streams.rooms ?? [];
      return rooms.flatMap((room) => {
        const parsed = contract.parseRoom(room);
        return parsed ? { room, ...parsed } : [];
      });
    },
    publish: (name, payload, params) => publisher.publish(name, payload, params).position,
    remove: (name, key, params) => publisher.remove(name, key, params).position,
    snapshot(target, data) {
      const room = nameOf(target);
      return { room, position: server.logs.use(room).position, data };
    },
    answer: (name, answer) => server.actions.answer(name, answer),
    disconnect(how = 'transport-close') {
      server.disconnect(how);
      if (typeof how === 'object' && how.reason === 'refused') tryAgain();
    },
    reconnect() {
      server.restore();
      tryAgain();
    },
    expireToken() {
      const { session } = server;
      if (!session?.user) {
        const remedy = 'Connect first, with the option `user`.';
        throw new RoomcastError('NOT_CONNECTED', `There is no session with a token. ${remedy}`);
      }
      turns.now(() => session.expire());
    },
    gap(room, reason, missed = 1) {
      const name = nameOf(room);
      assertOneOf('reason', gapReasons, reason);
      assertWholeNumbers(1, { missed });
      if (reason === 'unauthorized') server.refuse(name, 'FORBIDDEN');
      else server.lose(name, reason, missed);
    },
    refuse: (room, code = 'FORBIDDEN') => server.refuse(nameOf(room), code),
    admit: (room) => server.access.admit(nameOf(room)),
    presence: (room, members, { unlisted = 0 } = {}) =>
      server.setOthers(nameOf(room), members, unlisted),
    // What is told has been checked by the contract.
    members: (room) => server.presence.read(nameOf(room)).members as never,
    settled: () => turns.settled(),
    runWithin: (within) => turns.runWithin(within),
  };
}

/** A token that is another one each time, as a client whose token has run out must get. */
function createTokens(user: string | null): () => string | null {
  let count = 0;
  return () => {
    count += 1;
    return user && `${user} ${count}`;
  };
}
