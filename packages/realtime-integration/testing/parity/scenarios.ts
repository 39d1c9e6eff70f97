import { ActionError, isRoomcastError, RoomcastError } from '@roomcast/realtime-contract';
import { eventContract } from '@roomcast/realtime-contract/event-contract';
import type { ParityStage } from './parityStage.ts';
import type { Scenario } from './scenario.ts';

const purchase = eventContract.events['ticket-purchased'].example;
const tick = eventContract.events['market-update'].example;
const receipt = { messageId: 'm-1', timestamp: purchase.timestamp };
const event42 = { eventId: '42' };
const alice = { user: 'alice' };

/** Joins the room of event 42, and hears of a sale there. */
async function begin(stage: ParityStage, heard: readonly string[]) {
  const room = stage.client.subscribe('event', event42);
  await stage.until(() => room.state.status === 'joined');
  await sell(stage, 't-0');
  await hears(stage, heard, 't-0');
  return room;
}

function sell({ publish }: ParityStage, ...names: string[]): Promise<void> {
  return names.reduce(
    (before, ticketId) =>
      before.then(() => publish('ticket-purchased', { ...purchase, ticketId }, event42)),
    Promise.resolve(),
  );
}

function price({ publish }: ParityStage, symbol: string, value: number): Promise<void> {
  return publish('market-update', { ...tick, symbol, price: value }, {});
}

/** Waits until the newest that was heard has this text in it. */
function hears(stage: ParityStage, heard: readonly string[], text: string): Promise<void> {
  return stage.until(() => heard.at(-1)?.includes(text) === true);
}

function isConnected({ client }: ParityStage): boolean {
  return client.state.status === 'connected';
}

/** Calls the action with a key, and tells how that ended. */
async function send(
  { client }: ParityStage,
  heard: string[],
  idempotencyKey: string,
  text = 'Hello',
): Promise<void> {
  const input = { eventId: '42', message: text };
  const outcome = await client.call('send-message', input, { idempotencyKey }).then(
    (value) => JSON.stringify(value),
    (error: Error & { code: string }) => `${error.name} ${error.code}`,
  );
  heard.push(outcome);
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'a guest joins and hears one event, and several',
    options: {},
    async run(stage, heard) {
      await begin(stage, heard);
      await sell(stage, 't-1', 't-2', 't-3');
      await hears(stage, heard, 't-3');
    },
  },
  {
    name: 'a user is in the automatic rooms, and hears what is published to each',
    options: alice,
    async run(stage, heard) {
      await begin(stage, heard);
      const { notification } = eventContract.events;
      await stage.publish('notification', notification.example, { userId: 'alice' });
      await hears(stage, heard, 'notification');
      await stage.publish('heartbeat', { timestamp: purchase.timestamp }, {});
      await hears(stage, heard, 'heartbeat');
    },
  },
  {
    name: 'latest values are there for who comes later, the newest of each, without removed ones',
    options: alice,
    async run(stage, heard) {
      for (const value of [1, 2]) await price(stage, 'A', value);
      await price(stage, 'B', 3);
      await stage.remove('B');
      stage.client.connect();
      await hears(stage, heard, '"price":2');
      await price(stage, 'C', 4);
      await stage.remove('A');
      await hears(stage, heard, 'without A');
      await stage.drop();
      for (const value of [5, 6]) await price(stage, 'C', value);
      await stage.remove('C');
      await price(stage, 'D', 7);
      await stage.restore();
      await hears(stage, heard, '"price":7');
    },
  },
  {
    name: 'what was missed while the connection was lost follows, in order',
    options: {},
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.drop();
      await sell(stage, 't-1', 't-2');
      await stage.restore();
      await hears(stage, heard, 't-2');
      await sell(stage, 't-3');
      await hears(stage, heard, 't-3');
    },
  },
  {
    name: 'more than the log holds is a gap',
    options: { maxPublications: 2 },
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.drop();
      await sell(stage, 't-1', 't-2', 't-3');
      await stage.restore();
      await stage.until(() => isConnected(stage));
      await sell(stage, 't-4');
      await hears(stage, heard, 't-4');
    },
  },
  {
    name: 'a hole in the log is a gap in the middle of the stream',
    options: { maxPublications: 1 },
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.loseEvents(3);
      await hears(stage, heard, 'gap');
      await sell(stage, 't-1');
      await hears(stage, heard, 't-1');
    },
  },
  {
    name: 'more than the client wants is a gap',
    options: { maxReplay: 1 },
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.drop();
      await sell(stage, 't-1', 't-2');
      await stage.restore();
      await stage.until(() => isConnected(stage));
      await sell(stage, 't-3');
      await hears(stage, heard, 't-3');
    },
  },
  {
    name: 'a log that was lost is a gap, and a new stream',
    options: {},
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.drop();
      await stage.loseLogs();
      await stage.restore();
      await stage.until(() => isConnected(stage));
      await sell(stage, 't-1');
      await hears(stage, heard, 't-1');
    },
  },
  {
    name: 'a room that was left is resumed',
    options: {},
    async run(stage, heard) {
      const room = await begin(stage, heard);
      room.release();
      // A second after its last use.
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await sell(stage, 't-1');
      stage.client.subscribe('event', event42);
      await hears(stage, heard, 't-1');
    },
  },
  {
    name: 'rooms are refused: a guest, another user, and who is taken out',
    options: alice,
    async run(stage, heard) {
      const room = await begin(stage, heard);
      const other = stage.client.subscribe('user', { userId: 'bob' });
      await stage.until(() => other.state.status === 'refused');
      heard.push(codeOf(other.state));
      stage.evict('42');
      await stage.until(() => room.state.status === 'refused');
      heard.push(codeOf(room.state));
    },
  },
  {
    name: 'a guest is refused where a user is needed',
    options: {},
    async run(stage, heard) {
      await begin(stage, heard);
      const global = stage.client.subscribe('global');
      await stage.until(() => global.state.status === 'refused');
      heard.push(codeOf(global.state));
      await send(stage, heard, 'k-1');
    },
  },
  {
    name: 'an action is answered once, behind what it published',
    options: {
      ...alice,
      async answer({ message }, post) {
        await post(message);
        return receipt;
      },
    },
    async run(stage, heard) {
      await begin(stage, heard);
      await send(stage, heard, 'k-1');
      await send(stage, heard, 'k-1');
      await send(stage, heard, 'k-1', 'Other');
      await send(stage, heard, 'k-2', 7 as never);
    },
  },
  {
    name: 'an action is refused by a code of the contract, or fails',
    options: {
      ...alice,
      async answer({ message }) {
        if (message === 'Fail') throw new Error('A bug.');
        if (message === 'Limit') throw new RoomcastError('LIMIT_EXCEEDED', 'Too many.');
        return new ActionError('EVENT_NOT_FOUND');
      },
    },
    async run(stage, heard) {
      await begin(stage, heard);
      await send(stage, heard, 'k-1');
      await send(stage, heard, 'k-2', 'Fail');
      await send(stage, heard, 'k-3', 'Limit');
    },
  },
  {
    name: 'the log is read without joining',
    options: {},
    async run(stage, heard) {
      const room = await begin(stage, heard);
      const since = room.position ?? { epoch: '', offset: 0, revision: 0 };
      await sell(stage, 't-1', 't-2');
      await hears(stage, heard, 't-2');
      for (const from of [since, { ...since, epoch: 'other' }]) {
        const history = await stage.client.history(['event', event42], { since: from, limit: 1 });
        heard.push(JSON.stringify(history, withoutTimes));
      }
      const refusal = stage.client.history(['global'], { since });
      heard.push(
        await refusal.then(String, (error) => String(isRoomcastError(error, 'UNAUTHENTICATED'))),
      );
    },
  },
  scenarioOfToken(),
  {
    name: 'a user who is revoked loses the connection, and comes back with another token',
    options: alice,
    async run(stage, heard) {
      await begin(stage, heard);
      stage.revoke();
      await stage.until(() => heard.filter((what) => what.startsWith('connected')).length === 2);
      await sell(stage, 't-1');
      await hears(stage, heard, 't-1');
    },
  },
  {
    name: 'tokens that are refused end it for good',
    options: alice,
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.refuseTokens();
      await stage.until(() => stage.client.state.status === 'closed');
    },
  },
];

function scenarioOfToken(): Scenario {
  let bring = (_: string) => {};
  const nextToken = () =>
    new Promise<string>((resolve) => {
      bring = resolve;
    });
  return {
    name: 'a token that runs out stops delivery, until another has come',
    options: { ...alice, nextToken },
    async run(stage, heard) {
      await begin(stage, heard);
      await stage.expireToken();
      await sell(stage, 't-1');
      await send(stage, heard, 'k-1');
      bring('alice 2');
      await hears(stage, heard, 't-1');
      await sell(stage, 't-2');
      await hears(stage, heard, 't-2');
    },
  };
}

function codeOf(state: { readonly status: string; readonly error?: unknown }): string {
  const { code } = (state.error ?? {}) as { readonly code?: string };
  return `${state.status} ${code}`;
}

function withoutTimes(key: string, value: unknown): unknown {
  return key === 'epoch' || key === 'publishedAtMs' ? undefined : value;
}
