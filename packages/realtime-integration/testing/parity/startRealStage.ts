import { createMemoryBroker } from '@roomcast/realtime-broker';
import { createRealtimeClient } from '@roomcast/realtime-client';
import { createPublication, createRemoval, isActionError } from '@roomcast/realtime-contract';
import { startFaultProxy, startTestServer } from '@roomcast/realtime-testing';
import { eventually } from '../../eventually.ts';
import { type HandledBroker, handleBroker } from '../../protocol/handledBroker.ts';
import { OtherClients } from './otherClients.ts';
import { parityContract } from './parityContract.ts';
import type { ParityOptions, ParityStage } from './parityStage.ts';

const message = parityContract.events['new-message'].example;

/** What the tokens of others begin with. */
const othersPrefix = 'other ';

/** How long a token lives that is to expire, in milliseconds: it ends in the scenario's middle. */
const tokenLifeMs = 400;

/** A real client, a real server and a network between them. */
export async function startRealStage(options: ParityOptions): Promise<ParityStage> {
  const { user, maxPublications = 500, maxReplay, answer, nextToken } = options;
  let tokens = 0;
  let areTokensRefused = false;
  let broker: HandledBroker;
  const start = (port: number) => {
    broker = handleBroker(createMemoryBroker({ history: { maxPublications } }));
    return startTestServer(parityContract, {
      ...{ port, broker, presenceWindowMs: 10 },
      async authenticate(token) {
        if (token.startsWith(othersPrefix)) return { id: token.slice(othersPrefix.length) };
        if (areTokensRefused) throw new Error('Refused.');
        const isFirst = token.endsWith(' 1');
        const expiresAtMs = Date.now() + tokenLifeMs;
        return { id: user ?? '', ...(nextToken && isFirst && { expiresAtMs }) };
      },
      actions: {
        async 'send-message'(input, { publisher }) {
          const room: ['event', { eventId: string }] = ['event', { eventId: input.eventId }];
          const outcome = await answer?.(input, async (text) => {
            const payload = { ...message, message: text };
            await publisher.publish(
              createPublication(parityContract, room, 'new-message', payload),
            );
          });
          if (!outcome) throw new Error('There is no answer.');
          if (isActionError(outcome)) throw outcome;
          return outcome;
        },
      },
    });
  };
  let server = await start(0);
  const proxy = await startFaultProxy(server.port);
  const client = createRealtimeClient({
    contract: parityContract,
    url: `http://127.0.0.1:${proxy.port}`,
    backoff: { minDelayMs: 10, maxDelayMs: 50 },
    async getToken() {
      tokens += 1;
      if (user === undefined) return null;
      return tokens > 1 && nextToken ? nextToken() : `${user} ${tokens}`;
    },
    ...(maxReplay !== undefined && { maxReplay }),
  });
  let isTokenOver = false;
  client.ports.inspection.notices.add((notice) => {
    isTokenOver ||= notice.type === 'received' && notice.frame?.type === 'token';
  });
  const others = new OtherClients(
    () => server,
    (other) => `${othersPrefix}${other}`,
  );
  const isDown = () => client.state.status !== 'connected';
  return {
    client,
    async publish(name, payload, params) {
      const { room } = parityContract.events[name];
      const target = [room, params] as const;
      await server.manager.publish(
        createPublication(parityContract, target as never, name, payload),
      );
    },
    async remove(symbol) {
      await server.manager.publish(
        createRemoval(parityContract, ['global'], 'market-update', symbol),
      );
    },
    async drop() {
      proxy.block();
      await untilTrue(isDown);
    },
    async restore() {
      proxy.restore();
    },
    async loseLogs() {
      const { port } = server;
      await server.close();
      server = await start(port);
    },
    async loseEvents(count) {
      const { example } = parityContract.events['ticket-purchased'];
      broker.deliver = () => [];
      for (let index = 0; index < count; index += 1) {
        await server.manager.broadcastToEvent('42', 'ticket-purchased', example);
      }
      broker.deliver = (publication) => [publication];
      await broker.tear('event-42', 'overflow');
    },
    others: (users) => others.set(users),
    evict: (eventId) => server.manager.rooms.evict(['event', { eventId }], user ?? ''),
    expireToken: () => untilTrue(() => isTokenOver),
    revoke: () => server.manager.sessions.revokeUser(user ?? ''),
    async refuseTokens() {
      areTokensRefused = true;
      proxy.cut();
    },
    until: untilTrue,
    async [Symbol.asyncDispose]() {
      await client.close();
      await others.set([]);
      await proxy.close();
      await server.close();
    },
  };
}

function untilTrue(check: () => boolean): Promise<void> {
  return eventually(() => {
    if (!check()) throw new Error('The client did not come to this.');
  });
}
