import { createMockRealtime } from '@roomcast/realtime-testing/mock';
import { parityContract } from './parityContract.ts';
import type { ParityOptions, ParityStage } from './parityStage.ts';

const message = parityContract.events['new-message'].example;

/** The client of a mock, and the test as its server. */
export async function startMockStage(options: ParityOptions): Promise<ParityStage> {
  const { user = null, maxPublications, maxReplay, answer, nextToken } = options;
  let tokens = 0;
  const getToken = async () => {
    tokens += 1;
    if (user === null) return null;
    return tokens > 1 && nextToken ? nextToken() : `${user} ${tokens}`;
  };
  const mock = createMockRealtime(parityContract, {
    ...{ user, getToken, backoff: { minDelayMs: 10, maxDelayMs: 50 } },
    ...(maxPublications !== undefined && { maxPublications }),
    ...(maxReplay !== undefined && { maxReplay }),
  });
  if (answer) {
    mock.answer('send-message', (input, { publish }) =>
      answer(input, async (text) => {
        publish('new-message', { ...message, message: text }, { eventId: input.eventId });
      }),
    );
  }
  return {
    client: mock.client,
    async publish(name, payload, params) {
      mock.publish(name, payload, params as never);
    },
    async remove(symbol) {
      mock.remove('market-update', symbol);
    },
    async drop() {
      mock.disconnect();
    },
    async restore() {
      mock.reconnect();
    },
    async loseLogs() {
      mock.gap(['event', { eventId: '42' }], 'epoch-changed');
    },
    async loseEvents(count) {
      mock.gap(['event', { eventId: '42' }], 'overflow', count);
    },
    async others(users) {
      const members = users.map((userId) => ({ userId, data: { name: `I am ${userId}` } }));
      mock.presence(['event', { eventId: '42' }], members);
    },
    evict: (eventId) => mock.refuse(['event', { eventId }]),
    async expireToken() {
      mock.expireToken();
    },
    revoke() {
      mock.disconnect('token-revoked');
      mock.reconnect();
    },
    async refuseTokens() {
      mock.disconnect({ reason: 'refused', code: 'AUTHENTICATION_FAILED' });
    },
    async until(check) {
      await mock.settled();
      for (let turn = 0; turn < 100 && !check(); turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      if (!check()) throw new Error('The mock did not come to this.');
    },
    [Symbol.asyncDispose]: () => mock.close(),
  };
}
